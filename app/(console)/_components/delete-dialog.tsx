'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { FormEvent, ReactNode } from 'react';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { ScrollRegion } from '#components/ui/scroll-region.tsx';

type DeleteDialogProps = {
  title: string;
  description: string;
  /** What went wrong, as `ProblemNotice` shows it. */
  problem: ReactNode;
  pending: boolean;
  /** Whether there is something to delete, and all that was asked for is given. */
  ready: boolean;
  onConfirm: () => void;
  onClose: () => void;
  /** Where the keyboard goes when the dialog has closed. */
  returnFocus: () => void;
  children?: ReactNode;
};

/** Asks before something is deleted. Opens by being rendered, and cannot be closed while the answer is on its way. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { title, description, problem, pending, ready, onConfirm, onClose, returnFocus, children } = props;
  const t = useTranslations('deleteDialog');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (ready) onConfirm();
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
          <span className="wrap-anywhere">{title}</span>
        </AlertDialogTitle>
        <form noValidate onSubmit={submit} className="contents">
          <DialogBody>
            {problem}
            <AlertDialogDescription>{description}</AlertDialogDescription>
            {children}
          </DialogBody>
          <DialogFooter>
            <AlertDialogCancel asChild>
              <Button disabled={pending}>{t('cancel')}</Button>
            </AlertDialogCancel>
            <Button type="submit" variant="danger" pending={pending} disabled={!ready}>
              {!pending && <Trash2 aria-hidden />}
              {t('confirm')}
            </Button>
          </DialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}

/** More names than this are counted and not listed. */
const MOST_LISTED = 20;

type NameListProps = { label: string; names: { id: string; name: string }[] };

/** What is about to be deleted, by name. */
export function NameList({ label, names }: NameListProps) {
  const t = useTranslations('deleteDialog');
  const more = names.length - MOST_LISTED;
  return (
    <ScrollRegion label={label} className="max-h-60">
      <ul>
        {names.slice(0, MOST_LISTED).map(({ id, name }) => (
          <li key={id} className="py-1 font-medium wrap-anywhere">
            <bdi>{name}</bdi>
          </li>
        ))}
        {more > 0 && <li className="py-1 text-muted">{t('andMore', { count: more })}</li>}
      </ul>
    </ScrollRegion>
  );
}
