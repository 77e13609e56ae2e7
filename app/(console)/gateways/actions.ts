'use server';

import { revalidatePath } from 'next/cache';
import { findSession } from '#lib/auth/session.ts';
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
  const session = await findSession();
  if (!session) return { ok: false, code: 'sessionEnded' } as const;
  const parsed = createGatewaySchema.safeParse(input);
  if (!parsed.success) {
    const { error } = parsed;
    const nameProblem = gatewayNameProblemOf(error);
    return { ok: false, code: 'invalid', nameProblem, issues: toProviderIssues(error) } as const;
  }
  return createGateway(db(), serverKeyRing(), serverEnv().UPSTREAM_ALLOWLIST, session, parsed.data);
}

export async function configureGatewayAction(input: unknown) {
  const session = await findSession();
  if (!session) return { ok: false, code: 'sessionEnded' } as const;
  const parsed = configureGatewaySchema.safeParse(input);
  if (!parsed.success) return { ok: false, code: 'gatewayNotFound' } as const;
  const result = await configureGateway(db(), session, parsed.data);
  revalidatePath(`/gateways/${parsed.data.gatewayId}`, 'layout');
  return result;
}

/** Revalidates nothing: the page that asks may be the deleted gateway's own, and leaves by itself. */
export async function deleteGatewaysAction(input: unknown) {
  const session = await findSession();
  if (!session) return { ok: false, code: 'sessionEnded' } as const;
  const parsed = deleteGatewaysSchema.safeParse(input);
  if (!parsed.success) return { ok: false, code: 'gatewaysNotFound' } as const;
  return deleteGateways(db(), session, parsed.data);
}

export async function checkProviderAction(input: unknown) {
  const session = await findSession();
  if (!session) return { outcome: 'sessionEnded' } as const;
  const parsed = checkProviderSchema.safeParse(input);
  if (!parsed.success) return { outcome: 'invalid' } as const;
  return checkProvider(db(), serverKeyRing(), serverEnv().UPSTREAM_ALLOWLIST, session, parsed.data);
}
