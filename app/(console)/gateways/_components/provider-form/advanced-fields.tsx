'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormState, useWatch } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import type { ProvidersFormValues } from './provider-form-values.ts';
import { TimeoutFields } from './timeout-fields.tsx';

/** What few need to set: folded until it is asked for, or something of it is set already. */
export function AdvancedFields({ index }: { index: number }) {
  const t = useTranslations('providers.form');
  const { errors } = useFormState<ProvidersFormValues>();
  const [firstByte, idle] = useWatch<
    ProvidersFormValues,
    [`providers.${number}.firstByteTimeoutSeconds`, `providers.${number}.idleTimeoutSeconds`]
  >({ name: [`providers.${index}.firstByteTimeoutSeconds`, `providers.${index}.idleTimeoutSeconds`] });
  const [unfolded, setUnfolded] = useState(firstByte != null || idle != null);
  const faulty = errors.providers?.[index];
  const open = unfolded || !!faulty?.firstByteTimeoutSeconds || !!faulty?.idleTimeoutSeconds;
  const FoldIcon = open ? ChevronUp : ChevronDown;
  return (
    <div className="flex flex-col gap-3">
      <Button
        variant="ghost"
        size="small"
        className="-ml-2 self-start"
        aria-expanded={open}
        onClick={() => setUnfolded(!open)}
      >
        <FoldIcon aria-hidden />
        {t('advanced')}
      </Button>
      {/* Hidden and not taken away, so that what was typed stays. */}
      <div className="flex flex-col gap-4" hidden={!open}>
        <TimeoutFields index={index} />
      </div>
    </div>
  );
}
