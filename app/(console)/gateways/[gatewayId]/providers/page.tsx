import { Blocks } from 'lucide-react';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { requireSession } from '#lib/auth/session.ts';
import { db } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { gatewayAddresses } from '#lib/gateways/address.ts';
import { findGateway } from '#lib/gateways/queries.ts';
import { listProviders } from '#lib/providers/queries.ts';
import { AddressCard } from './_components/address-card.tsx';
import { ProviderCard } from './_components/provider-card.tsx';

type ProvidersPageProps = { params: Promise<{ gatewayId: string }> };

export default async function ProvidersPage({ params }: ProvidersPageProps) {
  const session = await requireSession();
  const gateway = await findGateway(db(), session, (await params).gatewayId);
  if (!gateway) notFound();
  const providers = await listProviders(db(), session, gateway.id);
  const t = await getTranslations('providers');
  const origin = env().CONSOLE_ORIGIN ?? `http://${(await headers()).get('host')}`;
  return (
    <div className="flex flex-col gap-4">
      <AddressCard {...gatewayAddresses(gateway.slug, origin, env().GATEWAY_DOMAIN)} />
      <p>{t('description')}</p>
      {providers.map((provider) => (
        <ProviderCard key={provider.id} provider={provider} />
      ))}
      {providers.length === 0 && (
        <div className="rounded-lg border bg-surface px-6 py-14">
          <EmptyState icon={<Blocks aria-hidden />} title={t('emptyTitle')} text={t('emptyText')} />
        </div>
      )}
    </div>
  );
}
