import { ShieldAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { WarningNotice } from '#components/ui/notice.tsx';

/** Marks a gateway that asks for no token. */
export function OpenGatewayBadge() {
  const t = useTranslations('gateway.authentication');
  return (
    <span className="inline-flex items-center gap-1 rounded-full bg-warning-soft px-2 py-0.5 text-xs font-semibold whitespace-nowrap text-warning">
      <ShieldAlert className="size-3.5" aria-hidden />
      {t('offBadge')}
    </span>
  );
}

/** Says on every tab of such a gateway what that means. */
export function OpenGatewayNotice() {
  const t = useTranslations('gateway.authentication');
  return <WarningNotice>{t('offNotice')}</WarningNotice>;
}
