import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireSession } from '#lib/auth/session.ts';
import { db } from '#lib/db.ts';
import { findGateway } from '#lib/gateways/queries.ts';

/** The title of one tab of a gateway, such as `Authentication token · demo-gateway`. */
export async function tabMetadata(
  params: Promise<{ gatewayId: string }>,
  tab: 'providers' | 'tokens',
): Promise<Metadata> {
  const gateway = await findGateway(db(), await requireSession(), (await params).gatewayId);
  if (!gateway) return { title: (await getTranslations('notFound'))('title') };
  const t = await getTranslations('gateway.tabs');
  return { title: `${t(tab)} · ${gateway.name}` };
}
