import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RecordingUpstream } from './recording-upstream.ts';

/** What Google gives an upload's address; its bytes must come back as they are. */
export const UPLOAD_QUERY = '?upload_id=ABPtcPq-_%2B~x&upload_protocol=resumable';

/**
 * Has an upstream take files as Google does in its resumable protocol: the first step is answered with an address, at
 * which the file goes on until it is finalized. Source: Gemini API docs, "Files API", and the SDKs.
 *
 * @param base path below which the API is.
 */
export function serveGoogleUploads(upstream: RecordingUpstream, base: string) {
  const pieces: Buffer[] = [];
  upstream.answerWith(async (response, request) => {
    const command = String(request.headers['x-goog-upload-command'] ?? '');
    const body = await readAll(request);
    if (command === 'start') {
      const [path = ''] = (request.url ?? '').split('?');
      answer(
        response,
        {},
        { 'x-goog-upload-url': `${upstream.origin}${path}${UPLOAD_QUERY}`, 'x-goog-upload-status': 'active' },
      );
      return;
    }
    if (!command.startsWith('upload')) return answer(response, { name: 'cachedContents/c' }, {});
    pieces.push(body);
    const isFinal = command.includes('finalize');
    const file = { name: 'files/f', uri: `${upstream.origin}${base}/v1beta/files/f`, sizeBytes: String(body.length) };
    answer(response, isFinal ? { file } : {}, { 'x-goog-upload-status': isFinal ? 'final' : 'active' });
  });
  return { file: () => Buffer.concat(pieces) };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, body: object, headers: Record<string, string>): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
