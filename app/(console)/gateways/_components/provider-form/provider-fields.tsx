'use client';

import { ChevronDown, ChevronUp, CircleMinus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useFormState, useWatch } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { PROVIDERS, type ProviderKind } from '#lib/providers/catalog.ts';
import type { ProviderRow } from '#lib/providers/schema.ts';
import { ProviderMark } from '../../../_components/provider-mark.tsx';
import { AccessFields } from './access-fields.tsx';
import { AdvancedFields } from './advanced-fields.tsx';
import { ManagementSwitch } from './management-switch.tsx';
import { ModelsField } from './models-field.tsx';
import type { ProvidersFormValues } from './provider-form-values.ts';

type ProviderFieldsProps = {
  index: number;
  kind: ProviderKind;
  gatewayId: string | undefined;
  stored: ProviderRow | undefined;
  onRemove: () => void;
};

/** One provider of the list. */
export function ProviderFields({ index, kind, gatewayId, stored, onRemove }: ProviderFieldsProps) {
  const t = useTranslations('providers.form');
  const count = useTranslations('providers');
  const headingId = useId();
  const [folded, setFolded] = useState(false);
  const { errors } = useFormState<ProvidersFormValues>();
  const models = useWatch<ProvidersFormValues, `providers.${number}.models`>({ name: `providers.${index}.models` });
  // What is wrong must be seen.
  const open = !folded || errors.providers?.[index] !== undefined;
  const { label } = PROVIDERS[kind];
  const FoldIcon = open ? ChevronUp : ChevronDown;
  return (
    <section aria-labelledby={headingId} className="rounded-lg border bg-surface">
      <header className="flex items-center gap-3 px-4 py-3">
        <ProviderMark kind={kind} />
        <div className="mr-auto min-w-0">
          <h3 id={headingId} className="font-semibold">
            {label}
          </h3>
          <p className="text-muted">{count('modelCount', { count: models.length })}</p>
        </div>
        <Button variant="ghost" size="small" aria-expanded={open} onClick={() => setFolded(open)}>
          <FoldIcon aria-hidden />
          {open ? t('hide') : t('show')}
          <span className="sr-only">{label}</span>
        </Button>
        <Button
          variant="dangerGhost"
          size="iconSmall"
          aria-label={t('remove', { provider: label })}
          title={t('remove', { provider: label })}
          onClick={onRemove}
        >
          <CircleMinus aria-hidden />
        </Button>
      </header>
      {/* Hidden and not taken away, so that what was typed stays. */}
      <div className="flex flex-col gap-4 border-t px-4 py-4" hidden={!open}>
        <AccessFields index={index} kind={kind} gatewayId={gatewayId} stored={stored} />
        <ModelsField index={index} kind={kind} />
        <AdvancedFields index={index} />
        <ManagementSwitch index={index} />
      </div>
    </section>
  );
}
