import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { LLMock } from '@copilotkit/aimock';
import { serveStableGemini } from '#testing/stable-gemini.ts';

/** What every model answers. */
export const ANSWER = 'Xin chào from the provider';

/** Known to the gateway only. */
export const PROVIDER_KEY = 'sk-only-the-gateway-knows-it';

/**
 * A provider that this project did not write, of OpenAI's, Anthropic's and Google's APIs. It refuses every key but the
 * stored one.
 */
export async function startProvider(): Promise<LLMock> {
  const provider = new LLMock({ host: '127.0.0.1', port: 0, logLevel: 'silent', auth: { apiKeys: [PROVIDER_KEY] } });
  provider.onEmbedding(/.*/, { embedding: [0.25, 0.5] });
  provider.onTranscription({ transcription: { text: ANSWER } });
  provider.on({}, { content: ANSWER });
  serveWhatItLacks(provider);
  serveStableGemini(provider);
  await provider.start();
  return provider;
}

/** What SDKs call and aimock 1.43 does not know. */
function serveWhatItLacks(provider: LLMock): void {
  serve(provider, '/v1/messages/count_tokens', () => ({ input_tokens: 8 }));
  serve(provider, '/v1/files', () => ANTHROPIC_FILE, 'anthropic-version');
  for (const version of ['v1', 'v1beta']) {
    const embedding = { embeddings: [{ values: [0.25, 0.5] }] };
    serve(provider, `/${version}/models/gemini-embedding-001:batchEmbedContents`, () => embedding);
    serve(provider, `/upload/${version}/files`, (request, response) => uploadFile(provider, request, response));
  }
}

/** Google's resumable upload: the first step answers with an address for the second, which has the bytes. */
function uploadFile(provider: LLMock, request: IncomingMessage, response: ServerResponse): object {
  if (request.headers['x-goog-upload-command'] === 'start') {
    response.setHeader('x-goog-upload-status', 'active');
    response.setHeader('x-goog-upload-url', `${provider.url}${request.url}?upload_id=one&upload_protocol=resumable`);
    return {};
  }
  response.setHeader('x-goog-upload-status', 'final');
  return { file: { name: 'files/one', displayName: 'notes', mimeType: 'text/plain', state: 'ACTIVE' } };
}

/** Anthropic's, which aimock takes for one of OpenAI's. */
const ANTHROPIC_FILE = { type: 'file', id: 'file_011', filename: 'notes.txt', mime_type: 'text/plain', size_bytes: 1 };

type Answer = (request: IncomingMessage, response: ServerResponse) => object;

/** @param withHeader only requests that carry it; aimock answers the others. */
function serve(provider: LLMock, path: string, answer: Answer, withHeader?: string): void {
  provider.mount(path, {
    async handleRequest(request, response) {
      if (withHeader !== undefined && request.headers[withHeader] === undefined) return false;
      await text(request);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer(request, response)));
      return true;
    },
  });
}
