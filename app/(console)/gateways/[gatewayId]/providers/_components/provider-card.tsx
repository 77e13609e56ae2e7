import { Blocks } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ProviderRow } from '#lib/providers/schema.ts';

export function ProviderCard({ provider }: { provider: ProviderRow }) {
  const t = useTranslations('providers');
  const headingId = `provider-${provider.id}`;
  return (
    <section aria-labelledby={headingId} className="rounded-lg border bg-surface shadow-raised">
      <header className="flex items-center gap-3 border-b px-5 py-3.5">
        <span className="grid size-9 place-items-center rounded-md border bg-sunken text-muted">
          <Blocks className="size-4.5" aria-hidden />
        </span>
        <div className="min-w-0">
          <h3 id={headingId} className="font-semibold">
            {provider.label}
          </h3>
          <p className="text-muted">{t('modelCount', { count: provider.models.length })}</p>
        </div>
      </header>
      <ul className="grid gap-x-8 px-5 py-2 sm:grid-cols-2 xl:grid-cols-3">
        {provider.models.map((model) => (
          <li key={model.id} className="py-2 font-mono text-[0.8125rem] wrap-anywhere">
            {model.name}
          </li>
        ))}
      </ul>
    </section>
  );
}
