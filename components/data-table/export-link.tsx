import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';

/** A file of all rows that are asked for. `asked`: search and filters by their names; empty ones count for nothing. */
export function ExportLink({ path, asked }: { path: string; asked: Record<string, string> }) {
  const t = useTranslations('dataTable');
  const parameters = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  return (
    <Button asChild variant="ghost" size="icon">
      <a href={`${path}?${parameters}`} download aria-label={t('export')} title={t('export')}>
        <Download aria-hidden />
      </a>
    </Button>
  );
}
