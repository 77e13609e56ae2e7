import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireSession } from '#lib/auth/session.ts';
import { consoleOrigin } from '#lib/console/console-origin.ts';
import { env } from '#lib/env.ts';
import { Breadcrumbs } from '../../_components/breadcrumbs.tsx';
import { CreateGatewayForm } from './_components/create-gateway-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('gateways.create');
  return { title: t('title') };
}

export default async function NewGatewayPage() {
  const { accountId } = await requireSession();
  const t = await getTranslations('gateways.create');
  const gateways = await getTranslations('gateways');
  const place = { accountId, origin: await consoleOrigin(), gatewayDomain: env().GATEWAY_DOMAIN };
  return (
    <div className="flex flex-col gap-6">
      <header className="flex flex-col gap-1.5">
        <Breadcrumbs trail={[{ label: gateways('title'), href: '/gateways' }, { label: t('title') }]} />
        <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
        <p className="max-w-prose text-muted text-pretty">{t('subtitle')}</p>
      </header>
      <CreateGatewayForm place={place} />
    </div>
  );
}
