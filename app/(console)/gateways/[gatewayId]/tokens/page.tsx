import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { requireSession } from '#lib/auth/session.ts';
import { db } from '#lib/db.ts';
import { findGateway } from '#lib/gateways/queries.ts';
import { listTokens } from '#lib/tokens/queries.ts';
import { tokenQuerySchema } from '#lib/tokens/schema.ts';
import { tabMetadata } from '../tab-metadata.ts';
import { TokenLifeProvider } from './_components/token-life.tsx';
import { TokensTable } from './_components/tokens-table.tsx';

type TokensPageProps = {
  params: Promise<{ gatewayId: string }>;
  searchParams: Promise<Record<string, unknown>>;
};

export const generateMetadata = ({ params }: TokensPageProps) => tabMetadata(params, 'tokens');

export default async function TokensPage({ params, searchParams }: TokensPageProps) {
  const session = await requireSession();
  const gateway = await findGateway(db(), session, (await params).gatewayId);
  if (!gateway) notFound();
  const query = tokenQuerySchema.parse(await searchParams);
  const page = await listTokens(db(), session, gateway.id, query);
  const t = await getTranslations('tokens');
  return (
    <div className="flex flex-col gap-3">
      <p>{t('description')}</p>
      <TokenLifeProvider gateway={{ id: gateway.id, name: gateway.name }}>
        <TokensTable gatewayId={gateway.id} page={page} query={query} />
      </TokenLifeProvider>
    </div>
  );
}
