'use server';

import { revalidatePath } from 'next/cache';
import type { ZodError } from 'zod';
import { tellOutcome } from '#lib/console/tell-outcome.ts';
import { withInput } from '#lib/console/with-input.ts';
import { db } from '#lib/db.ts';
import { serverEnv } from '#lib/env.ts';
import { configureGateway } from '#lib/gateways/configure-gateway.ts';
import { createGateway } from '#lib/gateways/create-gateway.ts';
import { deleteGateways } from '#lib/gateways/delete-gateways.ts';
import {
  configureGatewaySchema,
  createGatewaySchema,
  deleteGatewaysSchema,
  gatewayNameProblemOf,
} from '#lib/gateways/inputs.ts';
import { checkProvider } from '#lib/providers/check-provider.ts';
import { checkProviderSchema, toProviderIssues } from '#lib/providers/inputs.ts';
import { serverKeyRing } from '#lib/providers/server-key-ring.ts';

export async function createGatewayAction(input: unknown) {
  const refuse = (error: ZodError) => {
    const nameProblem = gatewayNameProblemOf(error);
    return { ok: false, code: 'invalid', nameProblem, issues: toProviderIssues(error) } as const;
  };
  return tellOutcome(() =>
    withInput(input, createGatewaySchema, refuse, (session, parsed) =>
      createGateway(db(), serverKeyRing(), serverEnv().UPSTREAM_ALLOWLIST, session, parsed),
    ),
  );
}

export async function configureGatewayAction(input: unknown) {
  const refuse = ({ issues }: ZodError) => {
    const isOrigin = issues.some(({ path }) => path[0] === 'originsAdded');
    return { ok: false, code: isOrigin ? 'originsInvalid' : 'gatewayNotFound' } as const;
  };
  return tellOutcome(() =>
    withInput(input, configureGatewaySchema, refuse, async (session, parsed) => {
      const result = await configureGateway(db(), session, parsed);
      revalidatePath(`/gateways/${parsed.gatewayId}`, 'layout');
      return result;
    }),
  );
}

/** Revalidates nothing: the page that asks may be the deleted gateway's own, and leaves by itself. */
export async function deleteGatewaysAction(input: unknown) {
  const refuse = () => ({ ok: false, code: 'gatewaysNotFound' }) as const;
  return tellOutcome(() =>
    withInput(input, deleteGatewaysSchema, refuse, (session, parsed) => deleteGateways(db(), session, parsed)),
  );
}

export async function checkProviderAction(input: unknown) {
  const refuse = () => ({ ok: false, code: 'invalid' }) as const;
  return withInput(input, checkProviderSchema, refuse, async (session, parsed) => {
    const { UPSTREAM_ALLOWLIST } = serverEnv();
    return {
      ok: true,
      value: await checkProvider(db(), serverKeyRing(), UPSTREAM_ALLOWLIST, session, parsed),
    } as const;
  });
}
