import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { pageWindow } from '#components/data-table/page-window.ts';
import { Button } from '#components/ui/button.tsx';

type PaginationProps = { page: number; lastPage: number; onChange: (page: number) => void };

export function Pagination({ page, lastPage, onChange }: PaginationProps) {
  const t = useTranslations('dataTable');
  return (
    <nav aria-label={t('pages')} className="flex flex-wrap items-center gap-0.5 max-[22rem]:gap-0">
      <Button
        variant="ghost"
        size="iconSmall"
        aria-label={t('previousPage')}
        disabled={page <= 1}
        onClick={() => onChange(page - 1)}
      >
        <ChevronLeft aria-hidden />
      </Button>
      {pageWindow(page, lastPage).map((item) =>
        typeof item === 'number' ? (
          <Button
            key={item}
            variant="ghost"
            size="small"
            className="min-w-8 px-1.5 tabular-nums max-[22rem]:min-w-7 max-[22rem]:px-1 aria-[current]:bg-accent-soft aria-[current]:text-accent"
            aria-label={t('page', { page: item })}
            aria-current={item === page ? 'page' : undefined}
            onClick={() => onChange(item)}
          >
            {item}
          </Button>
        ) : (
          <span key={item} className="px-0.5 text-muted" aria-hidden>
            …
          </span>
        ),
      )}
      <Button
        variant="ghost"
        size="iconSmall"
        aria-label={t('nextPage')}
        disabled={page >= lastPage}
        onClick={() => onChange(page + 1)}
      >
        <ChevronRight aria-hidden />
      </Button>
    </nav>
  );
}
