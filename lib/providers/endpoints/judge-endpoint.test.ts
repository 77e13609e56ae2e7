import { expect, test } from 'vitest';
import { googleEndpoints, googleOpenaiEndpoints } from './google.ts';
import { judgeEndpoint } from './judge-endpoint.ts';
import { openaiEndpoints } from './openai.ts';

test.each([
  ['DELETE', '/v1/models/ft:gpt-5:acme::x'],
  ['DELETE', '/v1/%6dodels/ft%3agpt-5'],
  ['POST', '/v1/fine%5Ftuning/jobs'],
  ['DELETE', '//v1//models//ft:gpt-5'],
  ['DELETE', '/V1/Models/x'],
  ['DELETE', '/v1/v1/models/x'],
  ['DELETE', '/models/x/'],
])('%s %s is management', (method, endpoint) => {
  expect(judgeEndpoint(openaiEndpoints, method, endpoint)).toEqual({ kind: 'management' });
});

test.each([
  ['GET', '/v1/organization%2Fcosts'],
  ['GET', '/v1/%2566iles'],
  ['GET', '/v1/files;a=b'],
  ['GET', '/v1/%2e%2e/organization/costs'],
  ['GET', '/v1/files%20'],
  ['GET', '/v1/files.'],
  ['GET', '/v1/files%00'],
  ['GET', '/v1/%ff'],
  ['GET', '/v1/chat/completions%3Fx'],
  ['GET', '/v1/chat%5Ccompletions'],
])('%s %s cannot be read in one way', (method, endpoint) => {
  expect(judgeEndpoint(openaiEndpoints, method, endpoint)).toEqual({ kind: 'unclear' });
});

test.each(['/v1/files', '/files', '/files/', '/v1//files', '/v1/FILES', '/%66iles', '/v1/v1/files'])(
  'GET %s lists files',
  (endpoint) => {
    expect(judgeEndpoint(openaiEndpoints, 'GET', endpoint)).toEqual({ kind: 'list', collection: 'files' });
  },
);

test.each([
  ['GET', '/v1/files/file-A', 'use', 'files', 'file-A'],
  ['GET', '/v1/files/file%2DA/content', 'use', 'files', 'file-A'],
  ['HEAD', '/v1/Files//file-A', 'use', 'files', 'file-A'],
  ['DELETE', '/v1/files/file-A', 'delete', 'files', 'file-A'],
  ['DELETE', '/v1/conversations/conv_1/items/msg_1', 'use', 'conversations', 'conv_1'],
  ['GET', '/v1/chat/completions/chatcmpl-1', 'use', 'chat/completions', 'chatcmpl-1'],
  ['GET', '/v1/videos/characters/char_1', 'use', 'videos/characters', 'char_1'],
  ['GET', '/v1/videos/video_1', 'use', 'videos', 'video_1'],
])('%s %s: %s of an object', (method, endpoint, does, collection, id) => {
  expect(judgeEndpoint(openaiEndpoints, method, endpoint)).toMatchObject({ does, object: { collection, id } });
});

test.each([
  ['GET', '/v1beta/files/abc:download', 'use', 'files', 'abc'],
  ['DELETE', '/v1beta/cachedcontents/abc', 'delete', 'cachedContents', 'abc'],
  ['GET', '/v1beta/models/veo/operations/op1', 'use', 'models/{model}/operations', 'op1'],
  ['POST', '/upload/v1beta/fileSearchStores/s1:uploadToFileSearchStore', 'use', 'fileSearchStores', 's1'],
])("Google's %s %s: %s of an object", (method, endpoint, does, collection, id) => {
  expect(judgeEndpoint(googleEndpoints, method, endpoint)).toMatchObject({ does, object: { collection, id } });
});

test('an id that holds a slash cannot be read in one way', () => {
  expect(judgeEndpoint(googleOpenaiEndpoints, 'GET', '/batches/batches%2Fabc')).toEqual({ kind: 'unclear' });
});

test.each([
  ['POST', '/rerank'],
  ['POST', '/v1/chat'],
  ['POST', ''],
  ['OPTIONS', '/v1/files'],
])('%s %s is in no table', (method, endpoint) => {
  expect(judgeEndpoint(openaiEndpoints, method, endpoint)).toEqual({ kind: 'unknown' });
});

test('what a call makes and names is known where it is judged', () => {
  expect(judgeEndpoint(openaiEndpoints, 'POST', '/v1/responses')).toMatchObject({
    kind: 'inference',
    makings: [{ collection: 'responses', at: 'id', streamedAt: 'response.id' }],
    references: [{ key: 'previous_response_id' }, { key: 'conversation' }],
  });
  expect(judgeEndpoint(openaiEndpoints, 'GET', '/batches/b1')).toMatchObject({
    does: 'use',
    makings: [{ at: 'output_file_id' }, { at: 'error_file_id' }],
  });
  expect(judgeEndpoint(openaiEndpoints, 'POST', '/v1/embeddings')).toEqual({
    kind: 'inference',
    makings: [],
    references: [],
    wanted: new Map(),
  });
  expect(judgeEndpoint(googleEndpoints, 'POST', '/v1beta/models/m:generateContent')).toMatchObject({
    references: [{ key: 'cachedContent' }, { key: 'cached_content' }],
  });
});
