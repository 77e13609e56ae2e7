import { useTranslations } from 'next-intl';
import type { Connection } from '#components/data-table/use-connection.ts';
import { Button } from '#components/ui/button.tsx';

type ConnectionNoticeProps = { connection: Connection; onRetry: () => void };

/** Says that the rows may be old, and why. They stay; once the server answers again, this goes by itself. */
export function ConnectionNotice({ connection, onRetry }: ConnectionNoticeProps) {
  const t = useTranslations('dataTable');
  return (
    // Always there, so that its text is read out when it comes.
    <div role="status">
      {connection !== 'live' && (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b bg-warning-soft px-4 py-2 text-warning">
          <p>
            {t.rich(`connection.${connection}`, {
              link: (children) => (
                <a href="/sign-in" target="_blank" rel="noopener" className="font-semibold underline">
                  {children}
                </a>
              ),
            })}
          </p>
          <Button size="small" onClick={onRetry}>
            {t('connection.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
