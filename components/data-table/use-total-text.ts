import { useFormatter } from 'next-intl';

/** Words for how many rows there are: `1,234`, or `10,000+` where not all were counted. */
export function useTotalText() {
  const format = useFormatter();
  return (total: number, more = false): string => `${format.number(total)}${more ? '+' : ''}`;
}
