import { z } from 'zod';
import { isProviderKind, type ProviderKind } from '#lib/providers/catalog.ts';

/** Messages are keys below `providers.form.errors`. */
const MOST_MODELS = 500;

/**
 * A model's name stands in the gateway's path as it is, so it has no character that a path gives a meaning to but `/`,
 * and no segment that is empty or only dots.
 */
const modelNameSchema = z
  .string()
  .trim()
  .min(1, 'modelRequired')
  .max(200, 'modelTooLong')
  .regex(/^[A-Za-z0-9._:@+/-]+$/, 'modelCharacters')
  .refine((name) => name.split('/').every((segment) => /[^.]/.test(segment)), 'modelCharacters');

/** Visible ASCII with spaces inside, as an HTTP header's value can carry (RFC 9110 §5.5); a key has no line break. */
const keySchema = z
  .string()
  .max(4096, 'keyTooLong')
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 'keyCharacters');

/** RFC 9110 §5.1: a token. Those that the gateway itself sets or ends here are not for keys. */
const headerNameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/, 'headerNameCharacters')
  .refine((name) => !RESERVED_HEADERS.test(name), 'headerNameReserved');

const RESERVED_HEADERS =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|content-.*|cookie|expect|forwarded|x-forwarded-.*|via|proxy-.*|cf-aig-authorization|x-latchkey-.*)$/;

const endpointSchema = z
  .string()
  .trim()
  .max(2000, 'endpointInvalid')
  .transform((text, context) => {
    const url = URL.parse(text);
    const usable =
      url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
    if (usable) return url.href.replace(/\/$/, '');
    context.addIssue({ code: 'custom', message: 'endpointInvalid' });
    return z.NEVER;
  });

const modelsSchema = z
  .array(modelNameSchema)
  .min(1, 'modelRequired')
  .max(MOST_MODELS, 'tooManyModels')
  .refine((names) => new Set(names).size === names.length, 'modelTwice');

/** A field that may be left empty, which counts as not given. */
function optionalText<Schema extends z.ZodType<string, string>>(schema: Schema) {
  return z
    .string()
    .optional()
    .transform((text) => text || undefined)
    .pipe(schema.optional());
}

/** One connected provider as the form sends it. `key` is undefined where the stored one stays. */
export const providerInputSchema = z
  .object({
    kind: z.custom<ProviderKind>((value) => typeof value === 'string' && isProviderKind(value), 'kindUnknown'),
    key: optionalText(keySchema),
    /** Only of `openai-compatible`. */
    endpoint: optionalText(endpointSchema),
    headerName: optionalText(headerNameSchema),
    models: modelsSchema,
  })
  .superRefine(({ kind, endpoint }, context) => {
    if (kind === 'openai-compatible' && !endpoint) {
      context.addIssue({ code: 'custom', path: ['endpoint'], message: 'endpointRequired' });
    }
  });

export type ProviderInput = z.infer<typeof providerInputSchema>;

/** All providers of a gateway: what is not in the list is removed. */
export const providersInputSchema = z
  .array(providerInputSchema)
  .max(20)
  .superRefine((providers, context) => {
    const seen = new Set<string>();
    for (const [index, { kind }] of providers.entries()) {
      if (seen.has(kind)) context.addIssue({ code: 'custom', path: [index, 'kind'], message: 'providerTwice' });
      seen.add(kind);
    }
  });

export const saveProvidersSchema = z.object({ gatewayId: z.uuid(), providers: providersInputSchema });

export type SaveProvidersInput = z.infer<typeof saveProvidersSchema>;
