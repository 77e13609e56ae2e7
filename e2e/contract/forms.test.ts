import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, openGatewayWorld, TRANSPORTS } from '#testing/gateway-world.ts';

const lines = (...text: string[]) => text.join('\r\n');
const FIELD = 'Content-Disposition: form-data; name="model"';

/** Uploads as the clients write them that people use: what `Content-Type` says, what the form says, and its model last. */
const CLIENTS: [client: string, contentType: string, form: (model: string) => string][] = [
  [
    '.NET',
    'multipart/form-data; boundary="4b39ed14-752b"',
    (model) =>
      lines(
        '--4b39ed14-752b',
        'Content-Type: application/octet-stream',
        "Content-Disposition: form-data; name=file; filename=talk.wav; filename*=utf-8''talk.wav",
        '',
        'RIFF',
        '--4b39ed14-752b',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Disposition: form-data; name=model',
        '',
        model,
        '--4b39ed14-752b--',
        '',
      ),
  ],
  [
    'Apache HttpMime',
    'multipart/form-data; boundary=aPaChE; charset=ISO-8859-1',
    (model) =>
      lines(
        '--aPaChE',
        FIELD,
        'Content-Type: text/plain; charset=ISO-8859-1',
        'Content-Transfer-Encoding: 8bit',
        '',
        model,
        '--aPaChE',
        'Content-Disposition: form-data; name="file"; filename="talk.wav"',
        'Content-Type: application/octet-stream',
        'Content-Transfer-Encoding: binary',
        '',
        'RIFF',
        '--aPaChE--',
        '',
      ),
  ],
  [
    'Retrofit',
    'multipart/form-data; boundary=7a5f-okhttp',
    (model) =>
      lines(
        '--7a5f-okhttp',
        FIELD,
        'Content-Transfer-Encoding: binary',
        'Content-Type: text/plain; charset=UTF-8',
        `Content-Length: ${model.length}`,
        '',
        model,
        '--7a5f-okhttp--',
        '',
      ),
  ],
  [
    'a mail library',
    'multipart/form-data; boundary="===============1=="',
    (model) =>
      lines(
        'This is a multi-part message in MIME format.',
        '--===============1==',
        'Content-Type: text/plain; charset="us-ascii"',
        'MIME-Version: 1.0',
        'Content-Transfer-Encoding: 7bit',
        'Content-Disposition: form-data; name="model";',
        '',
        model,
        '--===============1==--',
        'An epilogue.',
      ),
  ],
  [
    'a client that begins with an end of line and leaves a part unnamed',
    'multipart/form-data; boundary=*****;',
    (model) =>
      lines(
        '',
        '--*****',
        'Content-Disposition: form-data',
        '',
        'x',
        '--*****',
        'Content-Disposition: form-data; name="timestamp_granularities[]"; x-order.a=1',
        '',
        'word',
        '--*****',
        FIELD,
        '',
        model,
        '--*****--',
        '',
      ),
  ],
];

describe.each(TRANSPORTS)('through %s', (transport) => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await openGatewayWorld(transport);
  });
  afterAll(() => world.close());
  beforeEach(() => world.upstream.reset());

  const post = (path: string, contentType: string, body: string) =>
    world.call({ path, body, headers: [...world.bearer, 'content-type', contentType] });
  const refusal = (answer: { text: string }) => JSON.parse(answer.text).error.message;

  test.each(CLIENTS)('the form of %s arrives as it was sent', async (_client, contentType, form) => {
    const sent = form('deepseek-chat');
    expect(await post('/deepseek/deepseek-chat/audio/transcriptions', contentType, sent)).toMatchObject({
      status: 200,
    });
    expect((await world.upstream.requests[0]?.body)?.toString()).toBe(sent);
  });

  test.each(CLIENTS)('the form of %s goes where its model says', async (_client, contentType, form) => {
    expect((await post('/v1/audio/transcriptions', contentType, form('deepseek/deepseek-chat'))).status).toBe(200);
    // A length inside a part is the client's, and no server goes by it.
    const expected = form('deepseek/deepseek-chat').replace('\r\ndeepseek/deepseek-chat\r\n', '\r\ndeepseek-chat\r\n');
    expect((await world.upstream.requests[0]?.body)?.toString()).toBe(expected);
  });

  test.each(CLIENTS)('the form of %s with another model is refused', async (_client, contentType, form) => {
    const answer = await post('/deepseek/deepseek-chat/audio/transcriptions', contentType, form('gpt-5'));
    expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'model_mismatch' } });
    expect(world.upstream.requests).toEqual([]);
  });

  const FILE = lines('--B', 'Content-Disposition: form-data; name="file"; filename="a"', '', 'x', '');
  const REFUSED: [what: string, parts: string, message: string][] = [
    [
      'a model in base64',
      lines('--B', FIELD, 'Content-Transfer-Encoding: base64', '', 'ZGVlcHNlZWstY2hhdA==', ''),
      'Part 2 of the form ("model") is not clear: `model` must be plain, and this part has a Content-Transfer-Encoding.',
    ],
    [
      'two names',
      lines('--B', 'Content-Disposition: form-data; name="x"; name="model"', '', 'gpt-5', ''),
      'Part 2 of the form ("x") is not clear: its Content-Disposition could be read as having two names.',
    ],
    [
      'an encoded name',
      lines('--B', "Content-Disposition: form-data; name*=utf-8''model", '', 'gpt-5', ''),
      'Part 2 of the form is not clear: its name is written with `name*=`.',
    ],
    [
      'two models',
      lines('--B', FIELD, '', 'deepseek-chat', '--B', FIELD, '', 'gpt-5', ''),
      'Part 3 of the form ("model") is not clear: the form names `model` twice.',
    ],
    [
      'a part behind its end',
      lines('--B--', '--B', FIELD, '', 'gpt-5', ''),
      'Behind the end of the form stands its boundary once more.',
    ],
  ];

  test.each(REFUSED)('a form with %s is refused, and the answer says which part and why', async (_what, parts, why) => {
    for (const path of ['/deepseek/deepseek-chat/v1/images/edits', '/v1/images/edits']) {
      const answer = await post(path, 'multipart/form-data; boundary=B', `${FILE}${parts}--B--\r\n`);
      expect(answer).toMatchObject({ status: 400, headers: { 'x-latchkey-error': 'invalid_request' } });
      expect(refusal(answer)).toBe(why);
    }
    expect(world.upstream.requests).toEqual([]);
  });
});
