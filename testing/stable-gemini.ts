import { request as openRequest } from 'node:http';
import type { LLMock } from '@copilotkit/aimock';

/**
 * Has a mock provider answer at Google's stable version `v1`, which Google's SDK calls unless told otherwise: aimock
 * 1.43 itself has Google's models below `v1beta` only, and its answers there are what is passed on.
 */
export function serveStableGemini(provider: LLMock): void {
  provider.mount('/v1/models', {
    async handleRequest(request, response) {
      // The list of models is OpenAI's.
      if (request.method !== 'POST') return false;
      const address = provider.url + (request.url ?? '').replace(/^\/v1\//, '/v1beta/');
      const beta = openRequest(address, { method: 'POST', headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      request.pipe(beta);
      return true;
    },
  });
}
