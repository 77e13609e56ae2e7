import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireSession } from '#lib/auth/session.ts';
import { providerKinds } from '#lib/providers/catalog.ts';
import { Breadcrumbs } from '../_components/breadcrumbs.tsx';
import { ProviderFactsCard } from './_components/provider-facts-card.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('modelProviders');
  return { title: t('title') };
}

export default async function ModelProvidersPage() {
  await requireSession();
  const t = await getTranslations('modelProviders');
  return (
    <div className="flex flex-col gap-5">
      <header className="flex flex-col gap-1.5">
        <Breadcrumbs trail={[{ label: t('title') }]} />
        <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
        <p className="max-w-prose text-muted text-pretty">
          {t('description')} {t('others')}
        </p>
      </header>
      <div className="grid gap-4 2xl:grid-cols-2">
        {providerKinds().map((kind) => (
          <ProviderFactsCard key={kind} kind={kind} />
        ))}
      </div>
    </div>
  );
}
