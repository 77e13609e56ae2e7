import { z } from 'zod';
import { findSecret } from '#lib/secrets/find-secret.ts';
import type { ProviderKind } from './catalog.ts';
import { isModelName, LONGEST_MODEL_NAME } from './model-name.ts';

export const MOST_MODELS = 500;

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
  'timeoutRange',
  'secretHere',
] as const;

export type ProviderProblem = (typeof PROVIDER_PROBLEMS)[number];

export const PROVIDER_FIELDS = [
  'kind',
  'key',
  'endpoint',
  'headerName',
  'models',
  'firstByteTimeoutSeconds',
  'idleTimeoutSeconds',
] as const;

/** What is wrong with one field of one provider of a list. */
export type ProviderIssue = {
  index: number;
  field: (typeof PROVIDER_FIELDS)[number];
  message: ProviderProblem;
};

/** What is shown and logged is no place for a key. Names and addresses may look random. */
function holdsNoKey(text: string): boolean {
  return findSecret(text, false) === null;
}

/** A model's name as its provider writes it. It is kept as it is, since the provider may compare it byte by byte. */
export const modelNameSchema = z
  .string()
  .trim()
  .min(1, 'modelRequired')
  .max(LONGEST_MODEL_NAME, 'modelTooLong')
  .refine(isModelName, 'modelCharacters')
  .refine(holdsNoKey, 'secretHere');

/** Visible ASCII with spaces inside, as an HTTP header's value can carry (RFC 9110 §5.5); a key has no line break. */
export const keySchema = z
  .string()
  .max(4096, 'keyTooLong')
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 'keyCharacters');

/** RFC 9110 §5.1: a token. Those that the gateway itself sets or ends here are not for keys. */
export const headerNameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/, 'headerNameCharacters')
  .refine((name) => !RESERVED_HEADERS.test(name), 'headerNameReserved')
  .refine(holdsNoKey, 'secretHere');

const RESERVED_HEADERS =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|content-.*|cookie|expect|forwarded|x-forwarded-.*|via|proxy-.*|cf-aig-authorization|x-latchkey-.*)$/;

export const endpointSchema = z
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
  })
  .refine(holdsNoKey, 'secretHere');

export const modelsSchema = z
  .array(modelNameSchema)
  .min(1, 'modelRequired')
  .max(MOST_MODELS, 'tooManyModels')
  // In the gateway's path, two forms of the same letters are one name.
  .refine((names) => new Set(names.map((name) => name.normalize('NFC'))).size === names.length, 'modelTwice');

/** As far as `UPSTREAM_FIRST_BYTE_TIMEOUT_MS` goes. */
export const LONGEST_TIMEOUT_SECONDS = 3_600;

/** Null: as the proxy is configured. */
export const timeoutSchema = z
  .int('timeoutRange')
  .min(1, 'timeoutRange')
  .max(LONGEST_TIMEOUT_SECONDS, 'timeoutRange')
  .nullish();

/** A provider of a gateway and its models, as the console shows them. */
export type ProviderRow = {
  id: string;
  kind: ProviderKind;
  label: string;
  /** Where the admin gave it. */
  endpoint: string | null;
  headerName: string | null;
  /** The last four characters of a long key, empty for a short one; null when no key is stored. */
  keyLastChars: string | null;
  /** Names the stored key and says nothing of it; null for none, and for an old one. */
  keyId: string | null;
  /** Answered by the demo on this machine, and so only while that runs. */
  demo: boolean;
  /** Whether tokens may also call what administers the provider's account. */
  opensManagement: boolean;
  /** How long its answers may take to begin, and how long they may pause; null: as the proxy is configured. */
  firstByteTimeoutSeconds: number | null;
  idleTimeoutSeconds: number | null;
  models: { id: string; name: string }[];
};
