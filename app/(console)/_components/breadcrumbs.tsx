import { House } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';

type Crumb = { label: string; href?: string };

/** The way from the home page to here; the last one is this page. */
export function Breadcrumbs({ trail }: { trail: Crumb[] }) {
  const t = useTranslations('shell');
  return (
    <nav aria-label={t('breadcrumbs')}>
      <ol className="flex items-center gap-2 text-muted">
        <li>
          <Link
            href="/gateways"
            aria-label={t('home')}
            className="-ml-1 grid size-6 place-items-center rounded hover:text-ink"
          >
            <House className="size-4" aria-hidden />
          </Link>
        </li>
        {trail.map(({ label, href }) => (
          <Fragment key={label}>
            <li aria-hidden>/</li>
            <li className="min-w-0">
              {href ? (
                <Link href={href} className="rounded hover:text-ink hover:underline">
                  {label}
                </Link>
              ) : (
                <span aria-current="page">{label}</span>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
