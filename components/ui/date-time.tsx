import { useTimeZone } from 'next-intl';
import { formatDateTime } from '#lib/i18n/format-date-time.ts';

/** A point in time (ISO 8601) in the reader's time zone, which the server knows from a cookie, so both render alike. */
export function DateTime({ value }: { value: string }) {
  const timeZone = useTimeZone() ?? 'UTC';
  return (
    <time dateTime={value} title={timeZone} className="whitespace-nowrap tabular-nums">
      {formatDateTime(new Date(value), timeZone)}
    </time>
  );
}
