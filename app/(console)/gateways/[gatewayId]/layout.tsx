import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StatusBadge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { requireSession } from '#lib/auth/session.ts';
import { db } from '#lib/db.ts';
import { findGateway } from '#lib/gateways/queries.ts';
import { Breadcrumbs } from '../../_components/breadcrumbs.tsx';
import { OpenGatewayBadge, OpenGatewayNotice } from '../_components/open-gateway-warning.tsx';
import { ConfigureGatewayButton } from './_components/configure-gateway-button.tsx';
import { CreateTokenButton } from './_components/create-token/create-token-button.tsx';
import { DeleteGatewayButton } from './_components/delete-gateway-button.tsx';
import { GatewayTabs } from './_components/gateway-tabs.tsx';
import { findReach } from './find-reach.ts';

type GatewayLayoutProps = { params: Promise<{ gatewayId: string }>; children: ReactNode };

export default async function GatewayLayout({ params, children }: GatewayLayoutProps) {
  const session = await requireSession();
  const gateway = await findGateway(db(), session, (await params).gatewayId);
  if (!gateway) notFound();
  const t = await getTranslations('gateway');
  const named = { id: gateway.id, name: gateway.name };
  return (
    <div className="flex flex-col gap-5">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 border-b pb-5">
        <div className="flex min-w-0 flex-col gap-1">
          <Breadcrumbs trail={[{ label: t('list'), href: '/gateways' }, { label: t('detail') }]} />
          <div className="flex min-w-0 gap-2">
            <Button asChild variant="ghost" size="icon" className="-ml-2">
              <Link href="/gateways" aria-label={t('back')} title={t('back')}>
                <ArrowLeft aria-hidden />
              </Link>
            </Button>
            <div className="min-w-0">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">{gateway.name}</h1>
                <StatusBadge status={gateway.status} />
                {!gateway.authenticated && <OpenGatewayBadge />}
              </div>
              <p className="text-muted">
                {t.rich('createdOn', { time: () => <DateTime value={gateway.createdAt} /> })}
              </p>
            </div>
          </div>
        </div>
        <div className="flex flex-wrap gap-2 max-sm:w-full">
          <CreateTokenButton gateway={named} {...(await findReach(session, gateway))} />
          <ConfigureGatewayButton
            gateway={{
              ...named,
              authenticated: gateway.authenticated,
              objectsByToken: gateway.objectsByToken,
              status: gateway.status,
              corsOrigins: gateway.corsOrigins,
            }}
          />
          <DeleteGatewayButton gateway={named} />
        </div>
      </header>
      {!gateway.authenticated && <OpenGatewayNotice />}
      <section aria-labelledby="detail-heading" className="flex flex-col gap-4">
        <div>
          <h2 id="detail-heading" className="text-lg font-semibold">
            {t('detailInformation')}
          </h2>
          <p className="text-muted">{t('detailSubtitle')}</p>
        </div>
        <GatewayTabs gatewayId={gateway.id} />
        {children}
      </section>
    </div>
  );
}
