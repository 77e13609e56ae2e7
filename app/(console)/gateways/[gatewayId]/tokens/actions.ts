'use server';

import { revalidatePath } from 'next/cache';
import type { z } from 'zod';
import type { Session } from '#lib/auth/credentials.ts';
import { tellOutcome } from '#lib/console/tell-outcome.ts';
import { nameIssues, withInput } from '#lib/console/with-input.ts';
import { db } from '#lib/db.ts';
import { findGateway } from '#lib/gateways/queries.ts';
import { setTokenExpiry, setTokenStatus } from '#lib/tokens/change-tokens.ts';
import { createTokens } from '#lib/tokens/create-tokens.ts';
import { deleteMatchingTokens } from '#lib/tokens/delete-matching-tokens.ts';
import { deleteTokens } from '#lib/tokens/delete-tokens.ts';
import { endPreviousSecret } from '#lib/tokens/end-previous-secret.ts';
import { findTokenByHash } from '#lib/tokens/find-token.ts';
import {
  chosenTokensSchema,
  createTokensSchema,
  deleteMatchingTokensSchema,
  endPreviousSchema,
  matchingTokensSchema,
  rotateTokenSchema,
  setTokenExpirySchema,
  setTokenStatusSchema,
  tokenHashSchema,
  undoDeletionSchema,
} from '#lib/tokens/inputs.ts';
import { previewDeletion, previewMatching } from '#lib/tokens/preview-deletion.ts';
import { readLastUses } from '#lib/tokens/read-last-uses.ts';
import { rotateToken } from '#lib/tokens/rotate-token.ts';
import { undoDeletion } from '#lib/tokens/undo-deletion.ts';

export async function createTokensAction(input: unknown) {
  return change(input, createTokensSchema, (session, parsed) => createTokens(db(), session, parsed));
}

export async function deleteTokensAction(input: unknown) {
  return change(input, chosenTokensSchema, (session, parsed) => deleteTokens(db(), session, parsed));
}

export async function deleteMatchingTokensAction(input: unknown) {
  return change(input, deleteMatchingTokensSchema, (session, parsed) => deleteMatchingTokens(db(), session, parsed));
}

export async function undoDeletionAction(input: unknown) {
  return change(input, undoDeletionSchema, (session, parsed) => undoDeletion(db(), session, parsed));
}

export async function setTokenStatusAction(input: unknown) {
  return change(input, setTokenStatusSchema, (session, parsed) => setTokenStatus(db(), session, parsed));
}

export async function setTokenExpiryAction(input: unknown) {
  return change(input, setTokenExpirySchema, (session, parsed) => setTokenExpiry(db(), session, parsed));
}

export async function rotateTokenAction(input: unknown) {
  return change(input, rotateTokenSchema, (session, parsed) => rotateToken(db(), session, parsed));
}

export async function endPreviousSecretAction(input: unknown) {
  return change(input, endPreviousSchema, (session, parsed) => endPreviousSecret(db(), session, parsed));
}

export async function previewDeletionAction(input: unknown) {
  return readOfGateway(input, chosenTokensSchema, (session, parsed) => previewDeletion(db(), session, parsed));
}

export async function previewMatchingAction(input: unknown) {
  const schema = matchingTokensSchema.omit({ asOf: true });
  return readOfGateway(input, schema, (session, parsed) => previewMatching(db(), session, parsed));
}

export async function readLastUsesAction(input: unknown) {
  return readOfGateway(input, chosenTokensSchema, (session, parsed) => readLastUses(db(), session, parsed));
}

export async function findTokenAction(input: unknown) {
  return withInput(input, tokenHashSchema, nameIssues, async (session, hash) => {
    return { ok: true, value: await findTokenByHash(db(), session, hash) } as const;
  });
}

/** A change of a gateway's tokens, which its page shows when the answer comes. */
function change<Input extends { gatewayId: string }, Result>(
  input: unknown,
  schema: z.ZodType<Input>,
  run: (session: Session, parsed: Input) => Promise<Result>,
) {
  return tellOutcome(() =>
    withInput(input, schema, nameIssues, async (session, parsed) => {
      const result = await run(session, parsed);
      revalidatePath(`/gateways/${parsed.gatewayId}/tokens`);
      return result;
    }),
  );
}

/** Of a gateway that is not this account's nothing is said, not even that it has no such tokens. */
function readOfGateway<Input extends { gatewayId: string }, Result>(
  input: unknown,
  schema: z.ZodType<Input>,
  run: (session: Session, parsed: Input) => Promise<Result>,
) {
  return withInput(input, schema, nameIssues, async (session, parsed) => {
    const gateway = await findGateway(db(), session, parsed.gatewayId);
    if (!gateway) return { ok: false, code: 'gatewayNotFound' } as const;
    return { ok: true, value: await run(session, parsed) } as const;
  });
}
