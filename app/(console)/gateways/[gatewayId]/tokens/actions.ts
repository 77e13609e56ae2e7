'use server';

import { revalidatePath } from 'next/cache';
import { findSession } from '#lib/auth/session.ts';
import { db } from '#lib/db.ts';
import { createToken, deleteTokens } from '#lib/tokens/mutations.ts';
import { createTokenSchema, deleteTokensSchema, nameProblemOf } from '#lib/tokens/schema.ts';

export async function createTokenAction(input: unknown) {
  const session = await findSession();
  if (!session) return { ok: false, code: 'sessionEnded' } as const;
  const parsed = createTokenSchema.safeParse(input);
  if (!parsed.success) return { ok: false, code: nameProblemOf(parsed.error) ?? 'gatewayNotFound' } as const;
  const result = await createToken(db(), session, parsed.data);
  if (result.ok) revalidatePath(`/gateways/${parsed.data.gatewayId}/tokens`);
  return result;
}

export async function deleteTokensAction(input: unknown) {
  const session = await findSession();
  if (!session) return { ok: false, code: 'sessionEnded' } as const;
  const parsed = deleteTokensSchema.safeParse(input);
  if (!parsed.success) return { ok: false, code: 'tokensNotFound', missingIds: [] } as const;
  const result = await deleteTokens(db(), session, parsed.data);
  revalidatePath(`/gateways/${parsed.data.gatewayId}/tokens`);
  return result;
}
