import { useFormatter, useTimeZone } from 'next-intl';
import { formatDateTime } from '#lib/i18n/format-date-time.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

type RelativeTimeProps = {
  /** ISO 8601. */
  value: string;
  /** When the page was made (ISO 8601), so that server and browser say the same. */
  now: string;
};

/** How long ago a point in time was; of one that is longer ago than a week, its date. The title has the exact time. */
export function RelativeTime({ value, now }: RelativeTimeProps) {
  const format = useFormatter();
  const timeZone = useTimeZone() ?? 'UTC';
  const date = new Date(value);
  const exact = formatDateTime(date, timeZone);
  const isRecent = new Date(now).getTime() - date.getTime() < WEEK_MS;
  return (
    <time dateTime={value} title={`${exact} (${timeZone})`} className="whitespace-nowrap tabular-nums">
      {isRecent ? format.relativeTime(date, { now: new Date(now), style: 'long' }) : exact}
    </time>
  );
}
