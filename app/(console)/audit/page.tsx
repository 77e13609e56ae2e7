import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { listAuditEvents } from '#lib/audit/queries.ts';
import { auditQuerySchema } from '#lib/audit/schema.ts';
import { requireSession } from '#lib/auth/session.ts';
import { db } from '#lib/db.ts';
import { Breadcrumbs } from '../_components/breadcrumbs.tsx';
import { AuditTable } from './_components/audit-table.tsx';
import { actionsNamed } from './actions-named.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('audit');
  return { title: t('title') };
}

type AuditPageProps = { searchParams: Promise<Record<string, unknown>> };

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const session = await requireSession();
  const t = await getTranslations('audit');
  const query = auditQuerySchema.parse(await searchParams);
  const page = await listAuditEvents(db(), session, query, actionsNamed(t, query.q));
  return (
    <div className="flex flex-col gap-5">
      <header className="flex flex-col gap-1.5">
        <Breadcrumbs trail={[{ label: t('title') }]} />
        <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
        <p className="max-w-prose text-muted text-pretty">{t('description')}</p>
      </header>
      <AuditTable page={page} query={query} />
    </div>
  );
}
