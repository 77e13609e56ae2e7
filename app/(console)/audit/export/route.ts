import { getTranslations } from 'next-intl/server';
import { AUDIT_HEADER, toAuditCells } from '#lib/audit/export-events.ts';
import { listAllAuditEvents } from '#lib/audit/queries.ts';
import { type AuditRow, auditQuerySchema } from '#lib/audit/schema.ts';
import { findSession } from '#lib/auth/session.ts';
import { whileLive } from '#lib/auth/while-live.ts';
import { db } from '#lib/db.ts';
import { csvResponse } from '#lib/table/csv.ts';
import { actionsNamed } from '../actions-named.ts';

/** What the table's search and filter let through, all pages. */
export async function GET(request: Request): Promise<Response> {
  const session = await findSession();
  if (!session) return new Response(null, { status: 401 });
  const query = auditQuerySchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const named = actionsNamed(await getTranslations('audit'), query.q);
  const rows = whileLive(db(), session, listAllAuditEvents(db(), session, query, named));
  return csvResponse('audit.csv', AUDIT_HEADER, toBatches(rows));
}

async function* toBatches(batches: AsyncIterable<AuditRow[]>) {
  for await (const rows of batches) yield rows.map(toAuditCells);
}
