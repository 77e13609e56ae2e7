import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogContent, DialogDescription, DialogFooter, DialogTitle } from '#components/ui/dialog.tsx';

type SecretDialogContentProps = {
  className: string;
  title: string;
  description: ReactNode;
  /** That what is shown here is not shown again. */
  warning: string;
  /** What the keyboard is at when the popup opens. */
  copyRef: RefObject<HTMLButtonElement | null>;
  /** Where the keyboard goes when the popup has closed, if that is not the button that opened it. */
  returnFocus?: () => void;
  children: ReactNode;
};

/** What frames the only sight of a secret: a click beside the popup does not close it. */
export function SecretDialogContent(props: SecretDialogContentProps) {
  const { className, title, description, warning, copyRef, returnFocus, children } = props;
  const t = useTranslations('tokens.created');
  return (
    <DialogContent
      className={className}
      onInteractOutside={(event) => event.preventDefault()}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        copyRef.current?.focus();
      }}
      onCloseAutoFocus={(event) => {
        if (!returnFocus) return;
        event.preventDefault();
        returnFocus();
      }}
    >
      <DialogTitle>{title}</DialogTitle>
      <DialogBody>
        <DialogDescription className="wrap-anywhere">{description}</DialogDescription>
        <p className="rounded-md bg-warning-soft px-3 py-2 font-medium text-warning">{warning}</p>
        {children}
      </DialogBody>
      <DialogFooter>
        <DialogPrimitive.Close asChild>
          <Button>{t('close')}</Button>
        </DialogPrimitive.Close>
      </DialogFooter>
    </DialogContent>
  );
}
