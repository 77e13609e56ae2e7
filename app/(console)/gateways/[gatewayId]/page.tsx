import { notFound, redirect } from 'next/navigation';
import { requireSession } from '#lib/auth/session.ts';
import { db } from '#lib/db.ts';
import { findGateway } from '#lib/gateways/queries.ts';

type GatewayPageProps = { params: Promise<{ gatewayId: string }> };

export default async function GatewayPage({ params }: GatewayPageProps) {
  const gateway = await findGateway(db(), await requireSession(), (await params).gatewayId);
  if (!gateway) notFound();
  redirect(`/gateways/${gateway.id}/providers`);
}
