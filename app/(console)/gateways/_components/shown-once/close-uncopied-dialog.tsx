'use client';

import { useTranslations } from 'next-intl';
import { QuestionDialog } from '#components/ui/question-dialog.tsx';

type CloseUncopiedDialogProps = { open: boolean; onStay: () => void; onClose: () => void };

/** Asks before a secret that nobody copied is gone for good. */
export function CloseUncopiedDialog({ open, onStay, onClose }: CloseUncopiedDialogProps) {
  const t = useTranslations('tokens.closeUncopied');
  const texts = { title: t('title'), text: t('text'), stay: t('stay'), leave: t('close') };
  return <QuestionDialog open={open} texts={texts} onStay={onStay} onLeave={onClose} />;
}
