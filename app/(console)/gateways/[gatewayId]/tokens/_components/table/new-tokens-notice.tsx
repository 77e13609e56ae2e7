import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { NewTokens } from '../../../_components/create-token/new-tokens-store.ts';

type NewTokensNoticeProps = { gatewayId: string; created: NewTokens; shown: { id: string }[] };

/** When the search, filter, order or page leaves a new token out, says so, and leads to it. */
export function NewTokensNotice({ gatewayId, created, shown }: NewTokensNoticeProps) {
  const t = useTranslations('tokens.new');
  const shownIds = new Set(shown.map(({ id }) => id));
  const isSeen = created.latest.some(({ id }) => shownIds.has(id));
  const [first] = created.latest;
  return (
    // Always there, so that its text is read out when it comes; it takes no room of its own.
    <div role="status" className="contents">
      {first && !isSeen && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-success-soft px-3 py-2 text-success">
          <CircleCheck className="size-4 shrink-0" aria-hidden />
          <span className="min-w-0 wrap-anywhere">
            {t('elsewhere', { count: created.latest.length, name: first.name })}
          </span>
          {/* The newest come first there. */}
          <Link href={`/gateways/${gatewayId}/tokens`} scroll={false} className="rounded font-semibold underline">
            {t('show')}
          </Link>
        </p>
      )}
    </div>
  );
}
