import { useTranslations } from 'next-intl';
import { Skeleton } from '#components/ui/skeleton.tsx';

const ROWS = ['a', 'b', 'c', 'd', 'e'];

/** A table whose rows are on their way. */
export function TableSkeleton() {
  const t = useTranslations('dataTable');
  return (
    <div role="status" className="overflow-clip rounded-lg border bg-surface shadow-raised">
      <span className="sr-only">{t('loading')}</span>
      <div className="flex h-13 items-center border-b px-4">
        <Skeleton className="w-48" />
      </div>
      <div className="h-11 border-b bg-sunken" />
      {ROWS.map((row) => (
        <div key={row} className="flex h-14 items-center gap-8 border-b px-4 last:border-0">
          <Skeleton className="w-1/3" />
          <Skeleton className="w-1/5" />
          <Skeleton className="w-16" />
        </div>
      ))}
    </div>
  );
}
