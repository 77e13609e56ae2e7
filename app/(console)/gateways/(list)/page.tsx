import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Button } from '#components/ui/button.tsx';
import { requireSession } from '#lib/auth/session.ts';
import { db } from '#lib/db.ts';
import { listGateways } from '#lib/gateways/queries.ts';
import { gatewayQuerySchema } from '#lib/gateways/schema.ts';
import { Breadcrumbs } from '../../_components/breadcrumbs.tsx';
import { GatewaysTable } from './_components/gateways-table.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('gateways');
  return { title: t('title') };
}

type GatewaysPageProps = { searchParams: Promise<Record<string, unknown>> };

export default async function GatewaysPage({ searchParams }: GatewaysPageProps) {
  const session = await requireSession();
  const t = await getTranslations('gateways');
  const query = gatewayQuerySchema.parse(await searchParams);
  const page = await listGateways(db(), session, query);
  return (
    <div className="flex flex-col gap-5">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="flex flex-col gap-1.5">
          <Breadcrumbs trail={[{ label: t('title') }]} />
          <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
          <p className="max-w-prose text-muted text-pretty">{t('description')}</p>
        </div>
        <Button asChild variant="primary" className="max-sm:w-full">
          <Link href="/gateways/new">
            <Plus aria-hidden />
            {t('open')}
          </Link>
        </Button>
      </header>
      <GatewaysTable page={page} query={query} now={new Date().toISOString()} />
    </div>
  );
}
