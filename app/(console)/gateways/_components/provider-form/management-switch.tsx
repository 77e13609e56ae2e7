'use client';

import { useTranslations } from 'next-intl';
import { useController } from 'react-hook-form';
import { WarningNotice } from '#components/ui/notice.tsx';
import { SwitchField } from '#components/ui/switch-field.tsx';
import type { ProvidersFormValues } from './provider-form-values.ts';

/** Whether tokens may administer a provider's account, and what it means if so. */
export function ManagementSwitch({ index }: { index: number }) {
  const t = useTranslations('providers.form.management');
  const { field } = useController<ProvidersFormValues, `providers.${number}.opensManagement`>({
    name: `providers.${index}.opensManagement`,
  });
  return (
    <SwitchField label={t('label')} text={t('text')} checked={field.value === true} onChange={field.onChange}>
      {field.value === true && <WarningNotice>{t('warning')}</WarningNotice>}
    </SwitchField>
  );
}
