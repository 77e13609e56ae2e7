'use client';

import { Blocks, KeyRound } from 'lucide-react';
import Link from 'next/link';
import { useSelectedLayoutSegment } from 'next/navigation';
import { useTranslations } from 'next-intl';

const TABS = [
  { segment: 'providers', label: 'tabs.providers', Icon: Blocks },
  { segment: 'tokens', label: 'tabs.tokens', Icon: KeyRound },
] as const;

/** Tabs are links: each has an address. */
export function GatewayTabs({ gatewayId }: { gatewayId: string }) {
  const t = useTranslations('gateway');
  const current = useSelectedLayoutSegment();
  return (
    <nav aria-label={t('detailInformation')} className="-mt-1 overflow-x-auto border-b">
      <ul className="flex gap-6">
        {TABS.map(({ segment, label, Icon }) => (
          <li key={segment}>
            <Link
              href={`/gateways/${gatewayId}/${segment}`}
              aria-current={segment === current ? 'page' : undefined}
              className="-mb-px flex items-center gap-2 border-b-2 border-transparent py-2.5 font-medium whitespace-nowrap text-muted -outline-offset-2 hover:text-ink aria-[current]:border-accent aria-[current]:text-accent"
            >
              <Icon className="size-4" aria-hidden />
              {t(label)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
