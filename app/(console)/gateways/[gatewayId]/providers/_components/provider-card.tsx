'use client';

import { SquareTerminal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ProviderRow } from '#lib/providers/schema.ts';
import { ProviderMark } from '../../../../_components/provider-mark.tsx';
import type { CallableModel } from '../../../_components/snippet-tabs.tsx';
import { ModelCodeDialog } from './model-code-dialog.tsx';

type ProviderCardProps = {
  provider: ProviderRow;
  addresses: CallableModel['addresses'];
  /** Whether the gateway asks for tokens. */
  authenticated: boolean;
};

/** A connected provider; each of its models opens the code that calls it. */
export function ProviderCard({ provider, addresses, authenticated }: ProviderCardProps) {
  const t = useTranslations('providers');
  const [shown, setShown] = useState<string | null>(null);
  const { kind, label, models } = provider;
  const headingId = `provider-${provider.id}`;
  return (
    <section aria-labelledby={headingId} className="rounded-lg border bg-surface shadow-raised">
      <header className="flex flex-wrap items-center gap-3 border-b px-5 py-3.5">
        <ProviderMark kind={kind} />
        <div className="mr-auto min-w-0">
          <h3 id={headingId} className="flex flex-wrap items-center gap-2 font-semibold">
            {label}
            {provider.demo && (
              <span className="rounded-full bg-warning-soft px-2 py-0.5 text-xs text-warning">{t('demo')}</span>
            )}
          </h3>
          <p className="text-muted">{t('modelCount', { count: models.length })}</p>
        </div>
        <div className="min-w-0 text-muted sm:text-right">
          {provider.endpoint && <p className="font-mono text-[0.8125rem] break-all">{provider.endpoint}</p>}
          <p>{provider.keyLastChars === null ? t('noKey') : t('key', { lastChars: provider.keyLastChars })}</p>
        </div>
      </header>
      {provider.demo && <p className="px-5 pt-3 text-muted text-pretty">{t('demoText', { provider: label })}</p>}
      <ul className="grid gap-x-4 px-3 py-2 sm:grid-cols-2 xl:grid-cols-3">
        {models.map(({ id, name }) => (
          <li key={id} className="flex min-w-0">
            <button
              type="button"
              title={t('showCode', { model: name })}
              onClick={() => setShown(name)}
              className="group flex min-w-0 flex-1 items-center gap-2 rounded-md px-2 py-2 text-left font-mono text-[0.8125rem] hover:bg-hover"
            >
              <span className="min-w-0 wrap-anywhere">{name}</span>
              <SquareTerminal className="size-4 shrink-0 text-muted group-hover:text-accent" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {shown !== null && (
        <ModelCodeDialog
          callable={{ kind, model: shown, addresses }}
          authenticated={authenticated}
          onClose={() => setShown(null)}
        />
      )}
    </section>
  );
}
