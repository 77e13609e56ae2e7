import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import type { ProviderCheck } from '#lib/providers/check-provider.ts';
import { checkProviderAction } from '../../actions.ts';
import type { ProvidersFormValues } from './provider-form-values.ts';

export type SaidOfKey = ProviderCheck | { outcome: 'invalid' | 'failed' | 'sessionEnded' };

/** Tries the key of one provider of the form when told to, the typed one or else the stored one, and its first model. */
export function useKeyCheck(index: number, gatewayId: string | undefined) {
  const { getValues, trigger } = useFormContext<ProvidersFormValues>();
  const [pending, setPending] = useState(false);
  const [said, setSaid] = useState<SaidOfKey | null>(null);

  async function ask(): Promise<SaidOfKey> {
    const path = `providers.${index}` as const;
    const fits = await trigger([`${path}.key`, `${path}.endpoint`, `${path}.headerName`]);
    if (!fits) return { outcome: 'invalid' };
    const { kind, key, endpoint, headerName, models } = getValues(path);
    const result = await checkProviderAction({ gatewayId, kind, key, endpoint, headerName, model: models[0] });
    return result.ok ? result.value : { outcome: result.code };
  }

  async function check() {
    if (pending) return;
    setPending(true);
    setSaid(null);
    setSaid(await ask().catch((): SaidOfKey => ({ outcome: 'failed' })));
    setPending(false);
  }

  return { said, pending, check, forget: () => setSaid(null) };
}
