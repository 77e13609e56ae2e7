import { useTranslations } from 'next-intl';
import type { Receipt } from '#lib/revocation/await-receipt.ts';

/** Words for a receipt: how many proxies go by the change, and which may not yet. */
export function useReceiptText() {
  const t = useTranslations('receipt');
  return (what: 'refused' | 'applied', receipt: Receipt): string => {
    const { confirmed, expired, complete, milliseconds } = receipt;
    if (!complete) return t('incomplete', { milliseconds });
    const said = t(what, { confirmed, total: confirmed + expired, milliseconds });
    return expired > 0 ? `${said} ${t('expired', { count: expired })}` : said;
  };
}
