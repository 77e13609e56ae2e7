import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { PROVIDERS, type ProviderKind } from '#lib/providers/catalog.ts';
import { ProviderMark } from '../../_components/provider-mark.tsx';

/** What is known of a provider beforehand. */
export function ProviderFactsCard({ kind }: { kind: ProviderKind }) {
  const t = useTranslations('modelProviders');
  const { label, baseUrl, keyPage, models, surfaces } = PROVIDERS[kind];
  const credentials = [...new Set(surfaces.map(({ credential }) => credential.shown))];
  const headingId = `provider-${kind}`;
  return (
    <section aria-labelledby={headingId} className="rounded-lg border bg-surface shadow-raised">
      <header className="flex items-center gap-3 border-b px-5 py-3.5">
        <ProviderMark kind={kind} />
        <h2 id={headingId} className="font-semibold">
          {label}
        </h2>
      </header>
      <dl className="grid gap-x-6 gap-y-2 px-5 py-4 sm:grid-cols-[11rem_minmax(0,1fr)]">
        <Fact name={t('segment')}>
          <Code>/{kind}/…</Code>
        </Fact>
        <Fact name={t('address')}>{baseUrl ? <Code>{baseUrl}</Code> : t('givenByAdmin')}</Fact>
        <Fact name={t('credential')}>
          {baseUrl
            ? credentials.map((credential) => (
                <p key={credential}>
                  <Code>{credential}</Code>
                </p>
              ))
            : t('credentialByAdmin', { header: credentials.join() })}
        </Fact>
        <Fact name={t('keyPage')}>{keyPage ? <KeyPageLink address={keyPage} /> : t('noKeyPage')}</Fact>
        <Fact name={t('models')}>{models.length > 0 ? <ModelNames models={models} /> : t('anyModel')}</Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="font-medium">{name}</dt>
      <dd className="min-w-0 text-muted max-sm:mb-2">{children}</dd>
    </>
  );
}

function Code({ children }: { children: ReactNode }) {
  return <code className="font-mono text-[0.8125rem] break-all">{children}</code>;
}

function KeyPageLink({ address }: { address: string }) {
  const t = useTranslations('modelProviders');
  return (
    <a
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex items-center gap-1.5 rounded break-all text-accent hover:underline"
    >
      {address.replace('https://', '')}
      <ExternalLink className="size-3.5 shrink-0" aria-hidden />
      <span className="sr-only">{t('newTab')}</span>
    </a>
  );
}

function ModelNames({ models }: { models: readonly string[] }) {
  return (
    <ul className="flex flex-wrap gap-1.5">
      {models.map((model) => (
        <li key={model} className="rounded-full bg-sunken px-2.5 py-0.5 text-[0.8125rem] wrap-anywhere text-ink">
          {model}
        </li>
      ))}
    </ul>
  );
}
