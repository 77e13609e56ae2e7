/** What is known of a provider beforehand. The key of `PROVIDERS` is the first segment of a gateway's paths. */
export type ProviderFacts = {
  /** As the provider writes its own name. */
  label: string;
  /** Without a trailing slash; null where the admin gives it. */
  baseUrl: string | null;
  /** The header that carries the provider's key, and how the key stands in it. */
  credential: { header: string; prefix: string };
};

/** Sources: each provider's API reference, section "authentication". */
export const PROVIDERS = {
  openai: {
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    credential: { header: 'authorization', prefix: 'Bearer ' },
  },
  anthropic: {
    label: 'Anthropic',
    baseUrl: 'https://api.anthropic.com',
    credential: { header: 'x-api-key', prefix: '' },
  },
  gemini: {
    label: 'Google',
    baseUrl: 'https://generativelanguage.googleapis.com',
    credential: { header: 'x-goog-api-key', prefix: '' },
  },
  deepseek: {
    label: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com',
    credential: { header: 'authorization', prefix: 'Bearer ' },
  },
  'openai-compatible': {
    label: 'OpenAI-compatible',
    baseUrl: null,
    credential: { header: 'authorization', prefix: 'Bearer ' },
  },
} as const satisfies Record<string, ProviderFacts>;

export type ProviderKind = keyof typeof PROVIDERS;

/** Whether `value` names a provider of the catalog. */
export function isProviderKind(value: string): value is ProviderKind {
  return Object.hasOwn(PROVIDERS, value);
}
