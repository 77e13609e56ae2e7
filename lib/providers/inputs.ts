import { z } from 'zod';
import { isProviderKind, type ProviderKind, takesEndpoint } from './catalog.ts';
import {
  endpointSchema,
  headerNameSchema,
  keySchema,
  MOST_MODELS,
  modelNameSchema,
  modelsSchema,
  PROVIDER_FIELDS,
  PROVIDER_PROBLEMS,
  type ProviderIssue,
  timeoutSchema,
} from './schema.ts';

const MOST_PROVIDERS = 20;

/** A field that may be left empty, which counts as not given. */
function optionalText<Schema extends z.ZodType<string, string>>(schema: Schema) {
  return z
    .string()
    .optional()
    .transform((text) => text || undefined)
    .pipe(schema.optional());
}

const accessFields = {
  kind: z.custom<ProviderKind>((value) => typeof value === 'string' && isProviderKind(value), 'kindUnknown'),
  /** Undefined where the stored one stays. */
  key: optionalText(keySchema),
  /** Only where the admin gives it. */
  endpoint: optionalText(endpointSchema),
  headerName: optionalText(headerNameSchema),
};

function requireEndpoint({ kind, endpoint }: { kind: ProviderKind; endpoint?: string }, context: z.RefinementCtx) {
  if (!takesEndpoint(kind) || endpoint) return;
  context.addIssue({ code: 'custom', path: ['endpoint'], message: 'endpointRequired' });
}

/** One connected provider as the form sends it. Without `opensManagement` that stays as it is. */
export const providerInputSchema = z
  .object({
    ...accessFields,
    models: modelsSchema,
    opensManagement: z.boolean().optional(),
    firstByteTimeoutSeconds: timeoutSchema,
    idleTimeoutSeconds: timeoutSchema,
  })
  .superRefine(requireEndpoint);

/** A provider whose key is to be tried: the typed one, else the one that this gateway has stored. */
export const checkProviderSchema = z
  .object({
    ...accessFields,
    gatewayId: z.uuid().optional(),
    /** The one that is called; undefined: none is. */
    model: optionalText(modelNameSchema),
  })
  .superRefine(requireEndpoint);

export type CheckProviderInput = z.infer<typeof checkProviderSchema>;

export type ProviderInput = z.infer<typeof providerInputSchema>;

/** All providers of a gateway: what is not in the list is removed. */
export const providersInputSchema = z
  .array(providerInputSchema)
  .max(MOST_PROVIDERS)
  .superRefine((providers, context) => {
    const seen = new Set<string>();
    for (const [index, { kind }] of providers.entries()) {
      if (seen.has(kind)) context.addIssue({ code: 'custom', path: [index, 'kind'], message: 'providerTwice' });
      seen.add(kind);
    }
  });

/** The form that changes the providers of a gateway. */
export const providersFormSchema = z.object({ providers: providersInputSchema });

/** As the page showed it: what the form changes of it is what differs. */
const seenProviderSchema = z.object({
  kind: accessFields.kind,
  endpoint: z.string().nullable(),
  headerName: z.string().nullable(),
  keyId: z.uuid().nullable(),
  models: z.array(z.string()).max(MOST_MODELS),
  opensManagement: z.boolean(),
  firstByteTimeoutSeconds: z.number().nullable(),
  idleTimeoutSeconds: z.number().nullable(),
});

export const saveProvidersSchema = z.object({
  gatewayId: z.uuid(),
  seen: z.array(seenProviderSchema).max(MOST_PROVIDERS),
  providers: providersInputSchema,
});

export type SaveProvidersInput = z.infer<typeof saveProvidersSchema>;

const issuePathSchema = z.tuple([z.literal('providers'), z.int(), z.enum(PROVIDER_FIELDS)]).rest(z.unknown());

/** What of a failed parse the form can show at the fields of its providers; what no form sends is left out. */
export function toProviderIssues(error: z.core.$ZodError): ProviderIssue[] {
  return error.issues.flatMap(({ path, message }) => {
    const place = issuePathSchema.safeParse(path);
    const problem = z.enum(PROVIDER_PROBLEMS).safeParse(message);
    return place.success && problem.success
      ? [{ index: place.data[1], field: place.data[2], message: problem.data }]
      : [];
  });
}
