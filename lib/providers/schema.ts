import { z } from 'zod';
import type { ProviderKind } from './catalog.ts';

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

export const PROVIDER_FIELDS = ['kind', 'key', 'endpoint', 'headerName', 'models'] as const;

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
  .refine((name) => !RESERVED_HEADERS.test(name), 'headerNameReserved');

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
  });

export const modelsSchema = z
  .array(modelNameSchema)
  .min(1, 'modelRequired')
  .max(MOST_MODELS, 'tooManyModels')
  .refine((names) => new Set(names).size === names.length, 'modelTwice');

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
  /** Whether tokens may also call what administers the provider's account. */
  opensManagement: boolean;
  models: { id: string; name: string }[];
};
