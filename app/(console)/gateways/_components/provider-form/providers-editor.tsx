'use client';

import { useFieldArray, useFormContext } from 'react-hook-form';
import { type ProviderKind, takesEndpoint } from '#lib/providers/catalog.ts';
import type { ProviderRow } from '#lib/providers/schema.ts';
import { AddProviderMenu } from './add-provider-menu.tsx';
import { ProviderFields } from './provider-fields.tsx';
import { emptyProvider, type ProvidersFormValues, toFormValue } from './provider-form-values.ts';

const NOTHING_STORED: ProviderRow[] = [];

type ProvidersEditorProps = {
  /** The gateway whose stored keys are checked; undefined before there is one. */
  gatewayId?: string;
  stored?: ProviderRow[];
};

/** The list of providers of the form around it: add, change, remove. */
export function ProvidersEditor({ gatewayId, stored = NOTHING_STORED }: ProvidersEditorProps) {
  const { control } = useFormContext<ProvidersFormValues>();
  const { fields, append, remove } = useFieldArray({ control, name: 'providers' });

  function add(kind: ProviderKind) {
    // One that was removed and not saved yet comes back as it was.
    const known = stored.find((provider) => provider.kind === kind);
    const focusName = `providers.${fields.length}.${takesEndpoint(kind) ? 'endpoint' : 'key'}`;
    append(known ? toFormValue(known) : emptyProvider(kind), { focusName });
  }

  return (
    <div className="flex flex-col gap-4">
      {fields.map(({ id, kind }, index) => (
        <ProviderFields
          key={id}
          index={index}
          kind={kind}
          gatewayId={gatewayId}
          stored={stored.find((provider) => provider.kind === kind)}
          onRemove={() => remove(index)}
        />
      ))}
      <AddProviderMenu connected={fields.map(({ kind }) => kind)} onAdd={add} />
    </div>
  );
}
