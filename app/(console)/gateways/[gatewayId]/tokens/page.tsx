import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { requireSession } from '#lib/auth/session.ts';
import { db } from '#lib/db.ts';
import { findGateway } from '#lib/gateways/queries.ts';
import { parseColumnChoice } from '#lib/table/column-choice.ts';
import { OPTIONAL_TOKEN_COLUMNS, TOKEN_COLUMNS_COOKIE, USUAL_TOKEN_COLUMNS } from '#lib/tokens/columns.ts';
import { countUnused } from '#lib/tokens/count-tokens.ts';
import { listDeletions } from '#lib/tokens/list-deletions.ts';
import { listTokens } from '#lib/tokens/queries.ts';
import { tokenQuerySchema } from '#lib/tokens/schema.ts';
import { tabMetadata } from '../tab-metadata.ts';
import { RecentDeletions } from './_components/delete/recent-deletions.tsx';
import { TokenLifeProvider } from './_components/life/token-life.tsx';
import { TokensTable } from './_components/table/tokens-table.tsx';

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
  const [page, unused, deletions] = await Promise.all([
    listTokens(db(), session, gateway.id, query),
    countUnused(db(), session, gateway.id, '90'),
    listDeletions(db(), session, gateway.id),
  ]);
  const columnsCookie = (await cookies()).get(TOKEN_COLUMNS_COOKIE)?.value;
  const shown = parseColumnChoice(columnsCookie, OPTIONAL_TOKEN_COLUMNS, USUAL_TOKEN_COLUMNS);
  const now = new Date().toISOString();
  const t = await getTranslations('tokens');
  return (
    <div className="flex flex-col gap-3">
      <p>{t('description')}</p>
      <TokenLifeProvider gateway={{ id: gateway.id, name: gateway.name }}>
        <TokensTable
          gatewayId={gateway.id}
          page={page}
          query={query}
          unused={unused}
          now={now}
          columnChoice={{ cookie: TOKEN_COLUMNS_COOKIE, shown }}
        />
      </TokenLifeProvider>
      <RecentDeletions gatewayId={gateway.id} deletions={deletions} />
    </div>
  );
}
