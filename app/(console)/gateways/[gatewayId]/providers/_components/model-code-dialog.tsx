'use client';

import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { Button } from '#components/ui/button.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { TOKEN_PLACEHOLDER } from '#lib/providers/snippets/snippet.ts';
import { type CallableModel, SnippetTabs } from '../../../_components/snippet-tabs.tsx';

type ModelCodeDialogProps = { callable: CallableModel; authenticated: boolean; onClose: () => void };

/** A model's address, and code that calls it. Opens by being rendered. */
export function ModelCodeDialog({ callable, authenticated, onClose }: ModelCodeDialogProps) {
  const t = useTranslations('providers.code');
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-[52rem]">
        <DialogTitle>
          <span className="wrap-anywhere">{t('title', { model: callable.model })}</span>
        </DialogTitle>
        <DialogBody>
          <DialogDescription>
            {authenticated
              ? t.rich('placeholder', { code: (children) => <code className="font-mono">{children}</code> })
              : t('noToken')}
          </DialogDescription>
          <SnippetTabs callable={callable} token={authenticated ? TOKEN_PLACEHOLDER : null} showAddress />
        </DialogBody>
        <DialogFooter>
          <DialogPrimitive.Close asChild>
            <Button>{t('close')}</Button>
          </DialogPrimitive.Close>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
