import { z } from 'zod';
import { providersInputSchema } from '#lib/providers/inputs.ts';
import { requireKeys } from '#lib/providers/missing-keys.ts';
import { corsOriginsSchema } from './cors-origins.ts';
import { GATEWAY_NAME_PROBLEMS, type GatewayNameProblem, gatewayNameSchema } from './name.ts';

/** Before there is a gateway no key is stored. */
export const createGatewaySchema = z
  .object({ name: gatewayNameSchema, authenticated: z.boolean(), providers: providersInputSchema })
  .superRefine(requireKeys([]));

export type CreateGatewayInput = z.infer<typeof createGatewaySchema>;

/** What is wrong with the name; null when it is not the name. */
export function gatewayNameProblemOf(error: z.core.$ZodError): GatewayNameProblem | null {
  const issue = error.issues.find(({ path }) => path[0] === 'name');
  return issue ? z.enum(GATEWAY_NAME_PROBLEMS).catch('nameRequired').parse(issue.message) : null;
}

/**
 * What *Configure* changes, and nothing of what it leaves: two admins who change different things both get theirs. The
 * name never changes.
 */
export const configureGatewaySchema = z.object({
  gatewayId: z.uuid(),
  authenticated: z.boolean().optional(),
  objectsByToken: z.boolean().optional(),
  status: z.enum(['ACTIVE', 'DISABLED']).optional(),
  originsAdded: corsOriginsSchema.optional(),
  originsRemoved: corsOriginsSchema.optional(),
});

export type ConfigureGatewayInput = z.infer<typeof configureGatewaySchema>;

/** Several at once are deleted all or not at all. */
export const deleteGatewaysSchema = z.object({ ids: z.array(z.uuid().toLowerCase()).min(1).max(100) });

export type DeleteGatewaysInput = z.infer<typeof deleteGatewaysSchema>;
