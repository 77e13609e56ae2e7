'use client';

import { useTranslations } from 'next-intl';
import { QuestionDialog } from '#components/ui/question-dialog.tsx';

type DiscardDialogProps = { open: boolean; onStay: () => void; onLeave: () => void };

/** Asks before something typed is lost. */
export function DiscardDialog(props: DiscardDialogProps) {
  const t = useTranslations('discard');
  const texts = { title: t('title'), text: t('text'), stay: t('stay'), leave: t('leave') };
  return <QuestionDialog {...props} texts={texts} />;
}
