import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { PROVIDERS } from '#lib/providers/catalog.ts';
import type { ProviderConflict } from '#lib/providers/merge-providers.ts';
import type { ProviderRow } from '#lib/providers/schema.ts';

type ConflictNoticeProps = {
  conflicts: ProviderConflict[];
  stored: readonly ProviderRow[];
  onSettle: (conflict: ProviderConflict, choice: 'mine' | 'theirs') => void;
};

/** What somebody else changed meanwhile in another way than it is changed here: both are offered. */
export function ConflictNotice({ conflicts, stored, onSettle }: ConflictNoticeProps) {
  const t = useTranslations('providers.manage.conflict');
  const ref = useRef<HTMLElement>(null);
  const isShown = conflicts.length > 0;
  // It stands above what was scrolled to.
  useEffect(() => {
    if (isShown) ref.current?.focus();
  }, [isShown]);
  if (!isShown) return null;
  return (
    <section
      ref={ref}
      tabIndex={-1}
      role="alert"
      className="flex flex-col gap-3 rounded-md bg-warning-soft px-3 py-2.5 text-warning outline-none"
    >
      <p className="font-semibold">{t('title')}</p>
      <ul className="flex flex-col gap-3">
        {conflicts.map((conflict) => {
          const { kind, what } = conflict;
          const row = stored.find((provider) => provider.kind === kind);
          const named = { provider: PROVIDERS[kind].label };
          return (
            <li key={`${kind} ${what}`} className="flex flex-wrap items-center gap-2">
              <span className="min-w-60 flex-1 wrap-anywhere">
                {t(`of.${what}`, {
                  ...named,
                  access: row ? describeAccess(row) : '',
                  count: row?.models.length ?? 0,
                  seconds: (isLimit(what) && row?.[what]) || 0,
                })}
              </span>
              <Button size="small" onClick={() => onSettle(conflict, 'mine')}>
                {t('mine')}
                <span className="sr-only">{named.provider}</span>
              </Button>
              <Button size="small" onClick={() => onSettle(conflict, 'theirs')}>
                {t('theirs')}
                <span className="sr-only">{named.provider}</span>
              </Button>
            </li>
          );
        })}
      </ul>
      <p>{t('then')}</p>
    </section>
  );
}

/** Its address, and the end of its key. */
const describeAccess = ({ endpoint, headerName, keyLastChars }: ProviderRow) =>
  [endpoint, headerName, keyLastChars && `••••${keyLastChars}`].filter(Boolean).join(', ');

const isLimit = (what: ProviderConflict['what']) => what === 'firstByteTimeoutSeconds' || what === 'idleTimeoutSeconds';
