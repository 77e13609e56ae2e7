'use client';

import { Waypoints } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';

export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const t = useTranslations('shell');
  const isCurrent = usePathname().startsWith('/gateways');
  return (
    <nav aria-label={t('mainNavigation')}>
      <Link
        href="/gateways"
        onClick={onNavigate}
        aria-current={isCurrent ? 'page' : undefined}
        className="flex items-center gap-3 rounded-md px-3 py-2 font-medium text-muted hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent"
      >
        <Waypoints className="size-4.5" aria-hidden />
        {t('aiGateway')}
      </Link>
    </nav>
  );
}
