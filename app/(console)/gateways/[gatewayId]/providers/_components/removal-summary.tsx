import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { WarningNotice } from '#components/ui/notice.tsx';
import type { ProviderRow } from '#lib/providers/schema.ts';
import type { ProvidersFormValues } from '../../../_components/provider-form/provider-form-values.ts';

/** What is connected now and will not be once the form is saved. */
export function RemovalSummary({ stored }: { stored: ProviderRow[] }) {
  const t = useTranslations('providers.manage');
  const providers = useWatch<ProvidersFormValues, 'providers'>({ name: 'providers' });
  const lines = stored.flatMap(({ kind, label, models }) => {
    const kept = providers.find((provider) => provider.kind === kind);
    if (!kept) return [t('removedProvider', { provider: label, count: models.length })];
    const gone = models.filter(({ name }) => !kept.models.includes(name));
    return gone.map(({ name }) => t('removedModel', { model: name, provider: label }));
  });
  if (lines.length === 0) return null;
  return (
    <WarningNotice>
      <p className="font-semibold">{t('removed')}</p>
      <ul className="list-disc pl-5">
        {lines.map((line) => (
          <li key={line} className="wrap-anywhere">
            {line}
          </li>
        ))}
      </ul>
    </WarningNotice>
  );
}
