'use client';

import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';

type QuestionDialogProps = {
  open: boolean;
  texts: { title: string; text: string; stay: string; leave: string };
  onStay: () => void;
  onLeave: () => void;
};

/** Asks before something that is only here is lost. */
export function QuestionDialog({ open, texts, onStay, onLeave }: QuestionDialogProps) {
  return (
    <AlertDialog open={open} onOpenChange={(next) => !next && onStay()}>
      <AlertDialogContent>
        <AlertDialogTitle>{texts.title}</AlertDialogTitle>
        <DialogBody>
          <AlertDialogDescription>{texts.text}</AlertDialogDescription>
        </DialogBody>
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button>{texts.stay}</Button>
          </AlertDialogCancel>
          <Button variant="danger" onClick={onLeave}>
            {texts.leave}
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
