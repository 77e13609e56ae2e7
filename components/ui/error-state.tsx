'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** Says that a page failed, without what went wrong inside, and offers to try again. */
export function ErrorState({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('failure');
  return (
    <div role="alert" className="py-16">
      <EmptyState icon={<TriangleAlert aria-hidden />} heading="h1" title={t('title')} text={t('text')}>
        <Button variant="primary" onClick={onRetry}>
          {t('retry')}
        </Button>
      </EmptyState>
    </div>
  );
}
