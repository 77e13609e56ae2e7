import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** Says that there is nothing at this address: not there, or not the reader's, which look the same. */
export function NotFound() {
  const t = useTranslations('notFound');
  return (
    <EmptyState icon={<SearchX aria-hidden />} heading="h1" title={t('title')} text={t('text')}>
      <Button asChild variant="primary">
        <Link href="/gateways">{t('back')}</Link>
      </Button>
    </EmptyState>
  );
}
