import { z } from 'zod';
import { expirySchema } from './expiry.ts';
import { toNameKey } from './name.ts';
import { tokenFilterSchema, tokenNameSchema, tokenStatusSchema } from './schema.ts';

/** As many as one popup can show and somebody still looks through. */
export const MOST_CREATED = 500;

/** How many tokens one request may name: more than anybody ticks, and less than the limit of a request's size. */
const MOST_NAMED = 10_000;

const tokenIdSchema = z.uuid().toLowerCase();

export const createTokensSchema = z.object({
  gatewayId: z.uuid(),
  /** Made by the form, one as long as it is open: a request that is repeated replaces what the first one made. */
  creationId: z.uuid(),
  names: z.array(tokenNameSchema).min(1, 'required').max(MOST_CREATED, 'tooMany').superRefine(refuseDuplicates),
  expiresAt: expirySchema,
  /** Whether it was seen which names look like others, and is meant. */
  evenIfAlike: z.boolean().optional(),
});

export type CreateTokensInput = z.infer<typeof createTokensSchema>;

export const chosenTokensSchema = z.object({
  gatewayId: z.uuid(),
  ids: z.array(tokenIdSchema).min(1).max(MOST_NAMED),
});

export type ChosenTokens = z.infer<typeof chosenTokensSchema>;

/** All tokens that match, as they were confirmed. */
export const matchingTokensSchema = z.object({
  gatewayId: z.uuid(),
  filter: tokenFilterSchema,
  /** When they were counted: what was created later was not confirmed. */
  asOf: z.iso.datetime().transform((text) => new Date(text)),
  /** Unticked one by one. */
  exceptIds: z.array(tokenIdSchema).max(MOST_NAMED),
});

export type MatchingTokens = z.infer<typeof matchingTokensSchema>;

/** The parts of one deletion have one id, made by the browser, and are undone together. */
export const deleteMatchingTokensSchema = matchingTokensSchema.extend({ deletionId: z.uuid() });

export type DeleteMatchingTokensInput = z.infer<typeof deleteMatchingTokensSchema>;

export const undoDeletionSchema = z.object({ gatewayId: z.uuid(), deletionId: z.uuid() });

export type UndoDeletionInput = z.infer<typeof undoDeletionSchema>;

export const setTokenStatusSchema = chosenTokensSchema.extend({ status: tokenStatusSchema.exclude(['EXPIRED']) });

export type SetTokenStatusInput = z.infer<typeof setTokenStatusSchema>;

export const setTokenExpirySchema = chosenTokensSchema.extend({
  expiresAt: expirySchema,
  /** What the form showed of one token: what somebody else has set since then is not overwritten. */
  seen: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .nullish(),
});

export type SetTokenExpiryInput = z.infer<typeof setTokenExpirySchema>;

/** How long the old secret goes on working beside the new one. */
export const OVERLAP_HOURS = { none: 0, hour: 1, day: 24, week: 168 } as const;

export type Overlap = keyof typeof OVERLAP_HOURS;

export const tokenOfGatewaySchema = z.object({ gatewayId: z.uuid(), id: tokenIdSchema });

export type TokenOfGateway = z.infer<typeof tokenOfGatewaySchema>;

/** A secret as lists show it: what is done to it must not be done to one that somebody else has made meanwhile. */
const maskedSchema = z.string().regex(/^lk_[0-9A-Za-z]{4}…[0-9A-Za-z]{4}$/);

export const endPreviousSchema = tokenOfGatewaySchema.extend({ masked: maskedSchema });

export type EndPreviousInput = z.infer<typeof endPreviousSchema>;

export const rotateTokenSchema = tokenOfGatewaySchema.extend({
  /** As the creation's: one as long as the popup is open. */
  rotationId: z.uuid(),
  masked: maskedSchema,
  overlap: z.enum(['none', 'hour', 'day', 'week']),
});

export type RotateTokenInput = z.infer<typeof rotateTokenSchema>;

/** SHA-256 of a token in hexadecimal: the token itself stays in the browser. */
export const tokenHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

function refuseDuplicates(names: string[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    const key = toNameKey(name);
    if (seen.has(key)) context.addIssue({ code: 'custom', message: 'duplicate', path: [index] });
    seen.add(key);
  });
}
