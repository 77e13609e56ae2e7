import { Blocks } from 'lucide-react';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { requireSession } from '#lib/auth/session.ts';
import { consoleOrigin } from '#lib/console/console-origin.ts';
import { db } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { gatewayAddresses } from '#lib/gateways/address.ts';
import { findGateway } from '#lib/gateways/queries.ts';
import { listProviders } from '#lib/providers/queries.ts';
import { tabMetadata } from '../tab-metadata.ts';
import { AddressCard } from './_components/address-card.tsx';
import { ManageProvidersButton } from './_components/manage-providers-button.tsx';
import { ProviderCard } from './_components/provider-card.tsx';

type ProvidersPageProps = { params: Promise<{ gatewayId: string }> };

export const generateMetadata = ({ params }: ProvidersPageProps) => tabMetadata(params, 'providers');

export default async function ProvidersPage({ params }: ProvidersPageProps) {
  const session = await requireSession();
  const gateway = await findGateway(db(), session, (await params).gatewayId);
  if (!gateway) notFound();
  const providers = await listProviders(db(), session, gateway.id);
  const t = await getTranslations('providers');
  const addresses = gatewayAddresses(gateway.slug, await consoleOrigin(), env().GATEWAY_DOMAIN);
  return (
    <div className="flex flex-col gap-4">
      <AddressCard {...addresses} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="text-pretty">{t('description')}</p>
        <ManageProvidersButton gateway={{ id: gateway.id, name: gateway.name }} providers={providers} />
      </div>
      {providers.map((provider) => (
        <ProviderCard
          key={provider.id}
          provider={provider}
          addresses={addresses}
          authenticated={gateway.authenticated}
        />
      ))}
      {providers.length === 0 && (
        <div className="rounded-lg border bg-surface px-6 py-14">
          <EmptyState icon={<Blocks aria-hidden />} title={t('emptyTitle')} text={t('emptyText')} />
        </div>
      )}
    </div>
  );
}
