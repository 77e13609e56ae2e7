import { useTranslations } from 'next-intl';
import { WarningNotice } from '#components/ui/notice.tsx';
import { SwitchField } from '#components/ui/switch-field.tsx';

type AuthenticationSwitchProps = { authenticated: boolean; onChange: (authenticated: boolean) => void };

/** Whether a gateway asks for tokens, and what it means if not. */
export function AuthenticationSwitch({ authenticated, onChange }: AuthenticationSwitchProps) {
  const t = useTranslations('gateway.authentication');
  return (
    <SwitchField label={t('label')} text={t('text')} checked={authenticated} onChange={onChange}>
      {authenticated ? (
        <p className="font-medium text-muted">{t('hint')}</p>
      ) : (
        <WarningNotice>{t('offWarning')}</WarningNotice>
      )}
    </SwitchField>
  );
}
