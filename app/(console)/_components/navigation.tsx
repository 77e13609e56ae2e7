'use client';

import { Lightbulb, ScrollText, Waypoints } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';

const PAGES = [
  { path: '/gateways', label: 'aiGateway', Icon: Waypoints },
  { path: '/model-providers', label: 'modelProvider', Icon: Lightbulb },
  { path: '/audit', label: 'audit', Icon: ScrollText },
] as const;

export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const t = useTranslations('shell');
  const pathname = usePathname();
  return (
    <nav aria-label={t('mainNavigation')}>
      <ul className="flex flex-col gap-1">
        {PAGES.map(({ path, label, Icon }) => (
          <li key={path}>
            <Link
              href={path}
              onClick={onNavigate}
              aria-current={pathname.startsWith(path) ? 'page' : undefined}
              className="flex items-center gap-3 rounded-md px-3 py-2 font-medium text-muted hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent"
            >
              <Icon className="size-4.5" aria-hidden />
              {t(label)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
