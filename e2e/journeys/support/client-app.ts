import { expect } from '@playwright/test';
import OpenAI from 'openai';
import type { Tenant } from './test.ts';

const MESSAGES = [{ role: 'user' as const, content: 'What is AI?' }];

/** A client app, as its author writes it: the official client, with the gateway's address and a token. */
export function openClient(origin: string, { gateway }: Tenant, token: string) {
  const client = new OpenAI({
    apiKey: token,
    baseURL: `${origin}/gateway/${gateway.slug}/deepseek/deepseek-chat`,
    maxRetries: 0,
  });
  return {
    async ask() {
      const answer = await client.chat.completions.create({ model: 'deepseek-chat', messages: MESSAGES });
      return answer.choices[0]?.message.content;
    },
    async askStreaming() {
      const stream = await client.chat.completions.create({ model: 'deepseek-chat', messages: MESSAGES, stream: true });
      let text = '';
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      return text;
    },
  };
}

export type Client = ReturnType<typeof openClient>;

/** Refused with the words that every refused token gets. */
export async function expectRefused({ ask, askStreaming }: Client) {
  for (const call of [ask, askStreaming]) {
    const error = await call().catch((thrown: unknown) => thrown);
    if (!(error instanceof OpenAI.APIError)) throw new Error(`not refused: ${error}`);
    expect(error.status).toBe(401);
    expect(error.error).toMatchObject({ message: 'Invalid authentication token.' });
    expect(error.headers?.get('x-latchkey-error')).toBe('invalid_authentication_token');
  }
}
