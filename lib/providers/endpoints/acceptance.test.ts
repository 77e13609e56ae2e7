import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { anthropicEndpoints } from './anthropic.ts';
import { deepseekEndpoints } from './deepseek.ts';
import { googleEndpoints, googleOpenaiEndpoints } from './google.ts';
import { judgeEndpoint } from './judge-endpoint.ts';
import { openaiEndpoints } from './openai.ts';
import { openaiCompatibleEndpoints } from './openai-compatible.ts';
import type { EndpointTable } from './types.ts';

/** Endpoints by what they are. `GET|DELETE x` are two; a path goes on until the next method. */
type Expected = Partial<Record<'inference' | 'create' | 'use' | 'delete' | 'list' | 'management', string>>;

const OPENAI: Expected = {
  inference: `
    POST chat/completions completions responses responses/compact responses/input_tokens embeddings moderations
      decisions content_provenance_checks images/generations images/edits images/variations audio/speech
      audio/transcriptions audio/translations videos assistants
    GET|HEAD models models/{id}`,
  create: `
    POST conversations files uploads batches vector_stores videos/characters containers skills threads
      threads/runs`,
  delete: `
    DELETE responses/{id} conversations/{id} chat/completions/{id} files/{id} vector_stores/{id} videos/{id}
      containers/{id} skills/{id} assistants/{id} threads/{id}`,
  list: `GET|HEAD chat/completions files batches vector_stores videos containers skills assistants`,
  use: `
    GET responses/{id} responses/{id}/input_items
    POST responses/{id}/cancel
    GET|POST conversations/{id} conversations/{id}/items
    GET|DELETE conversations/{id}/items/{id}
    GET|POST chat/completions/{id}
    GET chat/completions/{id}/messages files/{id} files/{id}/content batches/{id}
    POST batches/{id}/cancel uploads/{id}/parts uploads/{id}/complete uploads/{id}/cancel
    GET|POST vector_stores/{id} vector_stores/{id}/files vector_stores/{id}/files/{id}
    DELETE vector_stores/{id}/files/{id}
    GET vector_stores/{id}/files/{id}/content vector_stores/{id}/file_batches/{id}
      vector_stores/{id}/file_batches/{id}/files
    POST vector_stores/{id}/search vector_stores/{id}/file_batches vector_stores/{id}/file_batches/{id}/cancel
      videos/{id}/remix
    GET videos/{id} videos/{id}/content videos/characters/{id} containers/{id}
    GET|POST containers/{id}/files
    GET|DELETE containers/{id}/files/{id}
    GET containers/{id}/files/{id}/content
    GET|POST skills/{id} skills/{id}/versions
    GET|DELETE skills/{id}/versions/{id}
    GET skills/{id}/content skills/{id}/versions/{id}/content
    GET|POST assistants/{id} threads/{id} threads/{id}/messages threads/{id}/messages/{id} threads/{id}/runs
      threads/{id}/runs/{id}
    DELETE threads/{id}/messages/{id}
    GET threads/{id}/runs/{id}/steps threads/{id}/runs/{id}/steps/{id}
    POST threads/{id}/runs/{id}/cancel threads/{id}/runs/{id}/submit_tool_outputs`,
  management: `
    DELETE models/{id}
    GET|POST fine_tuning/jobs evals organization/admin_api_keys organization/projects/{id}/api_keys
      webhook_endpoints agents agents/sessions vaults audio/voice_consents
    GET fine_tuning/jobs/{id} fine_tuning/jobs/{id}/checkpoints organization/costs organization/usage/completions
      organization/audit_logs projects/{id}/roles safety/cases/{id} dashboard/billing/credit_grants usage
      webhook_event_types chatkit/threads live/sessions/{id}/content
    POST fine_tuning/jobs/{id}/cancel fine_tuning/alpha/graders/run evals/{id}/runs audio/voices videos/edits
      videos/extensions realtime/sessions realtime/client_secrets realtime/calls realtime/calls/{id}/hangup
      realtime/transcription_sessions chatkit/sessions live/sessions engines/{model}/completions
    PUT files
    PATCH responses`,
};

const ANTHROPIC: Expected = {
  inference: `
    POST messages messages/count_tokens complete chat/completions
    GET models models/{id}`,
  create: 'POST messages/batches files skills',
  list: 'GET messages/batches files skills',
  delete: 'DELETE messages/batches/{id} files/{id} skills/{id}',
  use: `
    GET messages/batches/{id} messages/batches/{id}/results files/{id} files/{id}/content skills/{id}
      skills/{id}/versions skills/{id}/versions/{id} skills/{id}/versions/{id}/content
    POST messages/batches/{id}/cancel skills/{id}/versions
    DELETE skills/{id}/versions/{id}`,
  management: `
    GET|POST agents sessions environments vaults memory_stores deployments dreams user_profiles tunnels
      organizations/users organizations/api_keys/{id} organizations/workspaces
    GET organizations/me organizations/usage_report/messages organizations/cost_report deployment_runs
    POST tunnels/{id}/reveal_token vaults/{id}/credentials sessions/{id}/events
    DELETE models/{id} sessions/{id}`,
};

const GOOGLE: Expected = {
  inference: `
    POST models/{model}:generateContent models/{model}:streamGenerateContent models/{model}:countTokens
      models/{model}:computeTokens models/{model}:embedContent models/{model}:batchEmbedContents
      models/{model}:asyncBatchEmbedContent models/{model}:batchGenerateContent models/{model}:predict
      models/{model}:predictLongRunning models/{model}:generateAnswer tunedModels/{model}:generateContent
      tunedModels/{model}:streamGenerateContent interactions
    GET models models/{model}`,
  create: 'POST files cachedContents fileSearchStores',
  list: 'GET files cachedContents fileSearchStores batches interactions models/{model}/operations',
  delete: `
    DELETE files/{id} cachedContents/{id} fileSearchStores/{id} batches/{id} interactions/{id}`,
  use: `
    GET files/{id} files/{id}:download cachedContents/{id} fileSearchStores/{id} fileSearchStores/{id}/documents
      fileSearchStores/{id}/documents/{id} fileSearchStores/{id}/operations/{id}
      fileSearchStores/{id}/upload/operations/{id} batches/{id} interactions/{id} models/{model}/operations/{id}
    PATCH cachedContents/{id} batches/{id}:updateGenerateContentBatch batches/{id}:updateEmbedContentBatch
    POST fileSearchStores/{id}:importFile fileSearchStores/{id}:uploadToFileSearchStore batches/{id}:cancel
      interactions/{id}/cancel fileSearchStores/{id}/documents/{id}:query
    DELETE fileSearchStores/{id}/documents/{id}`,
  management: `
    GET|POST tunedModels tunedModels/{id}/permissions corpora corpora/{id}/documents agents credentials environments
      triggers voices webhooks triggers/{id}/executions
    GET tunedModels/{id} tunedModels/{id}/operations/{id} generatedFiles generatedFiles/{id} tuningJobs
    POST auth_tokens files:register tunedModels/{id}:transferOwnership webhooks/{id}:rotateSigningSecret
      dynamic/{id}:generateContent batch/v1beta tuningJobs
    PATCH|DELETE tunedModels/{id} models/{id}`,
};

const DEEPSEEK: Expected = {
  inference: `
    POST chat/completions completions beta/completions beta/chat/completions anthropic/v1/messages
    GET models`,
  management: `
    GET user/balance
    GET|POST files conversations messages/batches
    GET responses/{id} files/{id}
    DELETE models/{id}`,
};

const COMPATIBLE: Expected = {
  inference: `
    POST chat/completions messages openai/deployments/{id}/chat/completions openai/v1/responses
    GET models api/v1/models/{id}/{id}`,
  use: 'GET openai/v1/files/{id} messages/batches/{id}/results',
  list: 'GET messages/batches openai/v1/files',
  management: `
    GET key keys user/info team/list credits api/v1/keys api/v1/credits spend/logs
    POST key/generate team/new model/new load_lora_adapter api/pull api/create api/push
    DELETE api/delete`,
};

function* endpointsOf(text = ''): Generator<[method: string, path: string]> {
  let methods: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    if (/^[A-Z|]+$/.test(word)) methods = word.split('|');
    else for (const method of methods) yield [method, word];
  }
}

function classOf(table: EndpointTable, method: string, endpoint: string): string {
  const use = judgeEndpoint(table, method, endpoint.replaceAll('{id}', 'x_1').replaceAll('{model}', 'some-model'));
  return use.kind === 'object' ? use.does : use.kind;
}

const APIS: [string, EndpointTable, Expected, string[]][] = [
  ['OpenAI', openaiEndpoints, OPENAI, ['', '/v1']],
  ['Anthropic', anthropicEndpoints, ANTHROPIC, ['', '/v1']],
  ['Google', googleEndpoints, GOOGLE, ['/v1', '/v1alpha', '/v1beta', '/upload/v1beta']],
  ['Google, as OpenAI', googleOpenaiEndpoints, OPENAI, ['', '/v1', '/v1beta/openai']],
  ['DeepSeek', deepseekEndpoints, DEEPSEEK, ['', '/v1']],
  ['openai-compatible, as OpenAI', openaiCompatibleEndpoints, OPENAI, ['', '/v1']],
  ['openai-compatible', openaiCompatibleEndpoints, COMPATIBLE, ['', '/v1']],
];

describe.each(APIS)('%s', (_name, table, expected, bases) => {
  test.each(Object.entries(expected))('%s', (kind, text) => {
    const judged = [...endpointsOf(text)].flatMap(([method, path]) =>
      bases.map((base) => [method, `${base}/${path}`, classOf(table, method, `${base}/${path}`)]),
    );
    expect(judged.filter(([, , found]) => found !== kind)).toEqual([]);
  });
});

/** How the generated SDKs call an endpoint. */
const SDK_CALL = /_client\.(get|post|put|patch|delete|getAPIList)\(\s*(?:path\s*)?[`'"]([^`'"]+)[`'"]([^;]*)/g;

function* endpointsOfSdk(directory: string): Generator<[method: string, path: string]> {
  for (const file of globSync(`${directory}/**/*.mjs`)) {
    for (const [, verb = '', path = '', rest = ''] of readFileSync(file, 'utf8').matchAll(SDK_CALL)) {
      const isGet = verb === 'getAPIList' && !rest.includes("method: 'post'");
      const method = verb === 'getAPIList' ? (isGet ? 'GET' : 'POST') : verb.toUpperCase();
      yield [method, path.replace(/\?.*/, '').replace(/\$\{[^}]*\}/g, '{id}')];
    }
  }
}

test.each<[string, EndpointTable, Expected, string]>([
  ['OpenAI', openaiEndpoints, OPENAI, 'node_modules/openai/resources'],
  ['Anthropic', anthropicEndpoints, ANTHROPIC, 'node_modules/@anthropic-ai/sdk/resources'],
])("what %s's SDK calls is in the table above, or management", (_name, table, expected, directory) => {
  const open = new Set<string>();
  for (const [kind, text] of Object.entries(expected)) {
    if (kind !== 'management') for (const call of endpointsOf(text)) open.add(call.join(' '));
  }
  const called = [...endpointsOfSdk(directory)];
  expect(called.length).toBeGreaterThan(200);
  const others = called.filter(([method, path]) => !open.has(`${method} ${path.replace(/^\/(v1\/)?/, '')}`));
  expect(others.filter(([method, path]) => classOf(table, method, path) !== 'management')).toEqual([]);
});
