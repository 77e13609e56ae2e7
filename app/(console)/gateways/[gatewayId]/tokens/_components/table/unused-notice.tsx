import { Hourglass } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTotalText } from '#components/data-table/use-total-text.ts';

/** The filters of the review, as `useTokenFilters` lists them. */
export const UNUSED_REVIEW = [{ value: '' }, { value: '90' }];

/** More are not counted. */
const MOST_COUNTED = 10_000;

type UnusedNoticeProps = { count: number; gatewayId: string; onReview: () => void };

/** Says that tokens were not used for long, and leads to them, ticked. */
export function UnusedNotice({ count, gatewayId, onReview }: UnusedNoticeProps) {
  const t = useTranslations('tokens');
  const totalText = useTotalText();
  return (
    <p className="flex gap-x-3 rounded-md bg-warning-soft px-3 py-2 text-warning">
      <Hourglass className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span>
        {t('unused.text', { count, total: totalText(Math.min(count, MOST_COUNTED), count > MOST_COUNTED) })}{' '}
        <Link
          href={`/gateways/${gatewayId}/tokens?unused=90`}
          scroll={false}
          onClick={onReview}
          className="rounded font-semibold underline"
        >
          {t('unused.review')}
        </Link>
      </span>
    </p>
  );
}
