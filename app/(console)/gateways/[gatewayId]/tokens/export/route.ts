import { findSession } from '#lib/auth/session.ts';
import { whileLive } from '#lib/auth/while-live.ts';
import { db } from '#lib/db.ts';
import { findGateway } from '#lib/gateways/queries.ts';
import { csvResponse } from '#lib/table/csv.ts';
import { TOKEN_LIST_HEADER, toListCells } from '#lib/tokens/export-tokens.ts';
import { listAllTokens } from '#lib/tokens/list-all-tokens.ts';
import { type TokenRow, tokenQuerySchema } from '#lib/tokens/schema.ts';

type Context = { params: Promise<{ gatewayId: string }> };

/** The tokens that the table's search and filters let through, all pages, without anything of their secrets. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const session = await findSession();
  if (!session) return new Response(null, { status: 401 });
  const gateway = await findGateway(db(), session, (await params).gatewayId);
  if (!gateway) return new Response(null, { status: 404 });
  const filter = tokenQuerySchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const rows = whileLive(db(), session, listAllTokens(db(), session, gateway.id, filter));
  return csvResponse(`${gateway.name}-tokens.csv`, TOKEN_LIST_HEADER, toBatches(gateway.name, rows));
}

async function* toBatches(gateway: string, batches: AsyncIterable<TokenRow[]>) {
  for await (const rows of batches) yield rows.map((row) => toListCells(gateway, row));
}
