'use server';

import { revalidatePath } from 'next/cache';
import type { z } from 'zod';
import { tellOutcome } from '#lib/console/tell-outcome.ts';
import { withInput } from '#lib/console/with-input.ts';
import { db } from '#lib/db.ts';
import { serverEnv } from '#lib/env.ts';
import { saveProvidersSchema, toProviderIssues } from '#lib/providers/inputs.ts';
import { saveProviders } from '#lib/providers/save-providers.ts';
import { serverKeyRing } from '#lib/providers/server-key-ring.ts';

export async function saveProvidersAction(input: unknown) {
  const refuse = (error: z.ZodError) => ({ ok: false, code: 'invalid', issues: toProviderIssues(error) }) as const;
  return tellOutcome(() =>
    withInput(input, saveProvidersSchema, refuse, async (session, parsed) => {
      const result = await saveProviders(db(), serverKeyRing(), serverEnv().UPSTREAM_ALLOWLIST, session, parsed);
      if (result.ok) revalidatePath(`/gateways/${parsed.gatewayId}`, 'layout');
      return result;
    }),
  );
}
