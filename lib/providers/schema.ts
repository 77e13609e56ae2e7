import { z } from 'zod';
import { isProviderKind, type ProviderKind } from './catalog.ts';

const MOST_MODELS = 500;

/** What can be wrong with a provider that is to be saved. Each has a text below `providers.form.errors`. */
export const PROVIDER_PROBLEMS = [
  'kindUnknown',
  'providerTwice',
  'keyRequired',
  'keyRequiredForEndpoint',
  'keyRequiredForHeader',
  'keyTooLong',
  'keyCharacters',
  'headerNameCharacters',
  'headerNameReserved',
  'endpointRequired',
  'endpointInvalid',
  'endpointNotHttps',
  'endpointPrivate',
  'endpointUnresolved',
  'modelRequired',
  'modelTooLong',
  'modelCharacters',
  'modelTwice',
  'tooManyModels',
] as const;

export type ProviderProblem = (typeof PROVIDER_PROBLEMS)[number];

const PROVIDER_FIELDS = ['kind', 'key', 'endpoint', 'headerName', 'models'] as const;

/** What is wrong with one field of one provider of a list. */
export type ProviderIssue = {
  index: number;
  field: (typeof PROVIDER_FIELDS)[number];
  message: ProviderProblem;
};

/**
 * A model's name stands in the gateway's path as it is, so it has no character that a path gives a meaning to but `/`,
 * and no segment that is empty or only dots.
 */
export const modelNameSchema = z
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
    // Not `href`: it keeps the mark of a query or fragment that is empty.
    if (usable) return (url.origin + url.pathname).replace(/\/$/, '');
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

const accessFields = {
  kind: z.custom<ProviderKind>((value) => typeof value === 'string' && isProviderKind(value), 'kindUnknown'),
  /** Undefined where the stored one stays. */
  key: optionalText(keySchema),
  /** Only of `openai-compatible`. */
  endpoint: optionalText(endpointSchema),
  headerName: optionalText(headerNameSchema),
};

function requireEndpoint({ kind, endpoint }: { kind: ProviderKind; endpoint?: string }, context: z.RefinementCtx) {
  if (kind !== 'openai-compatible' || endpoint) return;
  context.addIssue({ code: 'custom', path: ['endpoint'], message: 'endpointRequired' });
}

/** One connected provider as the form sends it. */
export const providerInputSchema = z.object({ ...accessFields, models: modelsSchema }).superRefine(requireEndpoint);

/** A provider whose key is to be tried: the typed one, else the one that this gateway has stored. */
export const checkProviderSchema = z
  .object({ ...accessFields, gatewayId: z.uuid().optional() })
  .superRefine(requireEndpoint);

export type CheckProviderInput = z.infer<typeof checkProviderSchema>;

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

/** The form that changes the providers of a gateway. */
export const providersFormSchema = z.object({ providers: providersInputSchema });

export const saveProvidersSchema = z.object({ gatewayId: z.uuid(), providers: providersInputSchema });

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

/** A provider of a gateway and its models, as the console shows them. */
export type ProviderRow = {
  id: string;
  kind: ProviderKind;
  label: string;
  /** Of `openai-compatible`. */
  endpoint: string | null;
  headerName: string | null;
  /** The last four characters of a long key, empty for a short one; null when no key is stored. */
  keyLastChars: string | null;
  /** Answered by the demo on this machine, and so only while that runs. */
  demo: boolean;
  models: { id: string; name: string }[];
};
