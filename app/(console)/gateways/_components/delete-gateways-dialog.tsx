'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import type { NamedRow } from '#components/data-table/features.ts';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { ErrorNotice } from '#components/ui/notice.tsx';
import { SessionEndedNotice } from '../../_components/session-ended-notice.tsx';
import { useGatewayDeletion } from './use-gateway-deletion.ts';

type DeleteGatewaysDialogProps = {
  gateways: NamedRow[];
  onDeleted: (ids: string[]) => void;
  onClose: () => void;
  /** Where the keyboard goes when the dialog has closed. */
  returnFocus: () => void;
};

/**
 * Names what is about to be deleted, and has it typed: one gateway's name, or for several a phrase with their number,
 * the same in every language. Opens by being rendered.
 */
export function DeleteGatewaysDialog({ gateways, onDeleted, onClose, returnFocus }: DeleteGatewaysDialogProps) {
  const t = useTranslations('gateways.delete');
  const [typed, setTyped] = useState('');
  const { confirm, pending, problem } = useGatewayDeletion(gateways, onDeleted);
  const [first] = gateways;
  const about = { count: gateways.length, name: first?.name ?? '' };
  const phrase = gateways.length === 1 ? about.name : `delete ${gateways.length}`;
  const fits = typed.trim() === phrase;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (fits) confirm();
  }

  return (
    <AlertDialog open onOpenChange={(open) => !open && !pending && onClose()}>
      <AlertDialogContent
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          returnFocus();
        }}
      >
        <AlertDialogTitle>
          <span className="wrap-anywhere">{t('title', about)}</span>
        </AlertDialogTitle>
        <form noValidate onSubmit={submit} className="contents">
          <DialogBody>
            {problem === 'sessionEnded' && <SessionEndedNotice />}
            {problem === 'gatewaysNotFound' && <ErrorNotice>{t('errors.gatewaysNotFound')}</ErrorNotice>}
            {problem === 'unexpected' && <ErrorNotice>{t('errors.unexpected')}</ErrorNotice>}
            <AlertDialogDescription>{t('description', about)}</AlertDialogDescription>
            {gateways.length > 1 && <GatewayNames gateways={gateways} />}
            <Field label={t('prompt', { phrase })}>
              {(control) => (
                <Input
                  {...control}
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                />
              )}
            </Field>
          </DialogBody>
          <DialogFooter>
            <AlertDialogCancel asChild>
              <Button disabled={pending}>{t('cancel')}</Button>
            </AlertDialogCancel>
            <Button type="submit" variant="danger" pending={pending} disabled={!fits}>
              {!pending && <Trash2 aria-hidden />}
              {t('confirm')}
            </Button>
          </DialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}

function GatewayNames({ gateways }: { gateways: NamedRow[] }) {
  const t = useTranslations('gateways.delete');
  return (
    <section
      aria-label={t('chosen')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard, too
      tabIndex={0}
      className="max-h-48 min-h-12 overflow-y-auto rounded-md border bg-sunken px-4 py-2"
    >
      <ul>
        {gateways.map(({ id, name }) => (
          <li key={id} className="py-1 font-medium wrap-anywhere">
            {name}
          </li>
        ))}
      </ul>
    </section>
  );
}
