import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DateTime } from '#components/ui/date-time.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { TokenRow } from '#lib/tokens/schema.ts';

export function NameCell({ token, isNew }: { token: TokenRow; isNew: boolean }) {
  const t = useTranslations('tokens');
  const { previous } = token;
  return (
    <div className="min-w-0 sm:min-w-40">
      <p className="font-medium wrap-anywhere">
        <bdi>{token.name}</bdi>
        {isNew && (
          <span className="ml-2 rounded-full bg-accent-soft px-2 py-0.5 text-xs font-semibold text-accent inset-ring inset-ring-accent">
            {t('new.badge')}
          </span>
        )}
      </p>
      <p className="font-mono text-xs text-muted">{token.masked}</p>
      {previous && (
        <p className="text-xs text-warning">
          {t.rich('life.previous', {
            masked: previous.masked,
            code: (children) => <span className="font-mono">{children}</span>,
            date: () => <DateTime value={previous.until} />,
          })}
        </p>
      )}
    </div>
  );
}

export function LastUseCell({ token, now }: { token: TokenRow; now: string }) {
  const t = useTranslations('tokens');
  return (
    <LabelledOnPhones label={t('columns.lastUsedAt')}>
      {token.lastUsedAt ? <RelativeTime value={token.lastUsedAt} now={now} /> : t('never')}
      {token.lastUsedFrom && (
        <span className="text-xs text-muted sm:block max-sm:ml-1.5" title={t('usedFrom')}>
          <span className="sr-only">{t('usedFrom')} </span>
          {token.lastUsedFrom}
        </span>
      )}
    </LabelledOnPhones>
  );
}

export function NumberText({ value }: { value: number }) {
  return <span className="tabular-nums">{useFormatter().number(value)}</span>;
}

/** On phones the head does not name the columns, so the cell does. */
export function LabelledOnPhones({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="text-muted">
      <span className="sm:hidden">{label}: </span>
      {children}
    </div>
  );
}
