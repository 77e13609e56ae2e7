/** What goes over the wire, the same for every contestant. All of it is ASCII, so characters are bytes. */

export const MODEL = 'bench-model';

/** What the upstream wants to see: a contestant that does not put it in place is not doing the work. */
export const PROVIDER_KEY = 'bench-provider-key';

export const CHUNKS_PER_STREAM = 50;
export const CHUNK_INTERVAL_MS = 20;

/** Stands once in each event of a stream, nowhere else in a response, and before its `STAMP_DIGITS` digits. */
export const CHUNK_MARK = '~';
export const STAMP_DIGITS = 13;

export const ANSWER_TEXT =
  'Artificial intelligence is the field that builds programs which do what needs understanding in people: to read, ' +
  'to see, to plan, and to learn from examples instead of rules.';

const LARGE_BODY_BYTES = 64 * 1024;

/** Early in the body, so that the upstream sees it without parsing. */
export const STREAM_FLAG = '"stream":true';

const body = (stream: boolean, question: string) =>
  `{"model":"${MODEL}","stream":${stream},"messages":[{"role":"user","content":"${question}"}]}`;

export const SMALL_BODY = body(false, 'What is AI?');
export const STREAM_BODY = body(true, 'What is AI?');
export const LARGE_BODY = body(
  false,
  'lorem ipsum '.repeat(LARGE_BODY_BYTES).slice(0, LARGE_BODY_BYTES - body(false, '').length),
);

const answer = JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: MODEL,
  choices: [{ index: 0, message: { role: 'assistant', content: ANSWER_TEXT }, logprobs: null, finish_reason: 'stop' }],
  usage: { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 },
});

/** The upstream's whole response to a call that is not streamed. */
export const JSON_RESPONSE = head('200 OK', 'application/json', `content-length: ${answer.length}`) + answer;

/** The upstream's response to a call that lacks the provider's key or has lost bytes on its way. */
export const REFUSAL_RESPONSE = head('400 Bad Request', 'application/json', 'content-length: 2').concat('{}');

/** Head of a streamed response. */
export const STREAM_HEAD = head('200 OK', 'text/event-stream', 'transfer-encoding: chunked');

/** One event of a stream as a chunk of the chunked coding. `stamp` is `nowUs()` when it is sent. */
export function writeEvent(stampUs: number): string {
  const stamp = String(Math.floor(stampUs)).padStart(STAMP_DIGITS, '0');
  const choice = `{"index":0,"delta":{"content":"${CHUNK_MARK}${stamp}"},"finish_reason":null}`;
  const data = `{"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1700000000,"model":"${MODEL}"`;
  return chunk(`data: ${data},"choices":[${choice}]}\n\n`);
}

/** What ends a stream. */
export const STREAM_END = `${chunk('data: [DONE]\n\n')}0\r\n\r\n`;

function head(status: string, contentType: string, framing: string): string {
  const lines = [
    `HTTP/1.1 ${status}`,
    'date: Mon, 01 Jan 2024 00:00:00 GMT',
    `content-type: ${contentType}`,
    framing,
    'cache-control: no-cache',
    'x-request-id: req_bench',
    'openai-processing-ms: 1',
    'openai-version: 2020-10-01',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}
