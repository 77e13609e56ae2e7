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

/** What *Configure* changes. The name never does. */
export const configureGatewaySchema = z.object({
  gatewayId: z.uuid(),
  authenticated: z.boolean(),
  objectsByToken: z.boolean(),
  status: z.enum(['ACTIVE', 'DISABLED']),
  corsOrigins: corsOriginsSchema,
});

export type ConfigureGatewayInput = z.infer<typeof configureGatewaySchema>;

/** Several at once are deleted all or not at all. */
export const deleteGatewaysSchema = z.object({ ids: z.array(z.uuid().toLowerCase()).min(1).max(100) });

export type DeleteGatewaysInput = z.infer<typeof deleteGatewaysSchema>;
