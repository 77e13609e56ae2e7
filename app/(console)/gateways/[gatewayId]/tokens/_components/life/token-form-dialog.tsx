'use client';

import { Dialog as DialogPrimitive } from 'radix-ui';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { type LifeProblem, LifeProblemNotice } from './life-problem.tsx';

type TokenFormDialogProps = {
  texts: { title: string; description: ReactNode; submit: string; cancel: string };
  problem: LifeProblem | null;
  pending: boolean;
  onSubmit: () => void;
  onClose: () => void;
  /** Where the keyboard goes when the popup has closed. */
  returnFocus: () => void;
  children: ReactNode;
};

/** A form about one token. Opens by being rendered, and cannot be closed while the answer is on its way. */
export function TokenFormDialog(props: TokenFormDialogProps) {
  const { texts, problem, pending, onSubmit, onClose, returnFocus, children } = props;

  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && !pending && onClose()}>
      <DialogContent
        onInteractOutside={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          returnFocus();
        }}
      >
        <DialogTitle>{texts.title}</DialogTitle>
        <form noValidate onSubmit={submit} className="contents">
          <DialogBody>
            <LifeProblemNotice problem={problem} />
            <DialogDescription className="wrap-anywhere">{texts.description}</DialogDescription>
            {children}
          </DialogBody>
          <DialogFooter>
            <DialogPrimitive.Close asChild>
              <Button disabled={pending}>{texts.cancel}</Button>
            </DialogPrimitive.Close>
            <Button type="submit" variant="primary" pending={pending}>
              {texts.submit}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
