import { describe, expect, test } from 'vitest';
import { openaiCompatible } from './facts/openai-compatible.ts';
import { routeEndpoint } from './route-endpoint.ts';

function addressOf(baseUrl: string, endpoint: string): string {
  const { origin, host, pathname } = new URL(baseUrl);
  return origin + routeEndpoint(openaiCompatible, { host, path: pathname }, endpoint).path;
}

/** Base URLs for OpenAI's SDKs, as the services' own documentation gives them. */
const OPENAI_BASES = [
  'https://api.openai.com/v1',
  'https://ark.cn-beijing.volces.com/api/v3',
  'https://ark.ap-southeast.bytepluses.com/api/v3',
  'https://api.z.ai/api/paas/v4',
  'https://api.z.ai/api/coding/paas/v4',
  'https://open.bigmodel.cn/api/paas/v4',
  'https://api.deepinfra.com/v1/openai',
  'https://adb-1.2.azuredatabricks.net/serving-endpoints',
  'https://api.groq.com/openai/v1',
  'https://openrouter.ai/api/v1',
  'https://api.fireworks.ai/inference/v1',
  'https://api.perplexity.ai',
  'https://api.cohere.ai/compatibility/v1',
  'https://api.mistral.ai/v1',
  'https://api.x.ai/v1',
  'https://api.together.xyz/v1',
  'https://api.cloudflare.com/client/v4/accounts/abc/ai/v1',
  'https://gateway.ai.cloudflare.com/v1/abc/gw/compat',
  'https://r.openai.azure.com/openai/v1',
  'https://r.openai.azure.com/openai/deployments/gpt-4o',
  'https://r.services.ai.azure.com/models',
  'https://r.services.ai.azure.com/api/projects/p/openai/v1',
  'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1',
  'https://aiplatform.googleapis.com/v1/projects/p/locations/global/endpoints/openapi',
  'https://us-central1-aiplatform.googleapis.com/v1beta1/projects/p/locations/us-central1/endpoints/openapi',
  'https://generativelanguage.googleapis.com/v1beta/openai',
  'https://models.github.ai/inference',
  'https://models.inference.ai.azure.com',
  'https://api.githubcopilot.com',
  'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  'https://qianfan.baidubce.com/v2',
  'https://spark-api-open.xf-yun.com/v2',
  'https://api.hunyuan.cloud.tencent.com/v1',
  'https://api.moonshot.ai/v1',
  'https://api.minimax.io/v1',
  'https://api.siliconflow.cn/v1',
  'https://api.novita.ai/openai',
  'https://api.novita.ai/v3/openai',
  'https://api.upstage.ai/v1/solar',
  'https://api.friendli.ai/serverless/v1',
  'https://api.runpod.ai/v2/abc/openai/v1',
  'https://router.huggingface.co/v1',
  'https://integrate.api.nvidia.com/v1',
  'https://api.ai21.com/studio/v1',
  'https://a.snowflakecomputing.com/api/v2/cortex/v1',
  'https://text.pollinations.ai/openai',
  'https://ai-gateway.vercel.sh/v1',
  'https://inference.baseten.co/v1',
  'http://localhost:12434/engines/v1',
  'http://localhost:3000/api',
  'http://localhost:3001/api/v1/openai',
];

/** Servers at whose bare origin OpenAI's API is at `/v1`, with other things beside it. */
const BARE_ORIGINS = [
  'http://localhost:11434', // Ollama
  'http://localhost:8000', // vLLM, SGLang
  'http://localhost:1234', // LM Studio
  'http://localhost:8080', // llama.cpp, LocalAI
  'http://localhost:4000', // LiteLLM
  'https://api.deepseek.com',
];

/** What a client's SDK writes behind the gateway's address: with the version of its base URL, without it, and twice. */
const CLIENTS = ['/chat/completions', '/v1/chat/completions', '/v1/v1/chat/completions'];

describe.each(OPENAI_BASES)('below %s', (base) => {
  test.each(CLIENTS)('%s is where an SDK would call', (endpoint) => {
    expect(addressOf(base, endpoint)).toBe(`${base}/chat/completions`);
    expect(addressOf(`${base}/`, endpoint)).toBe(`${base}/chat/completions`);
  });

  test('what a client writes of the path once more stands there once', () => {
    const { pathname } = new URL(base);
    if (pathname !== '/') expect(addressOf(base, `${pathname}/chat/completions`)).toBe(`${base}/chat/completions`);
    expect(addressOf(base, '/v1/models')).toBe(`${base}/models`);
    expect(addressOf(base, '/models')).toBe(`${base}/models`);
    expect(addressOf(base, '/v1/responses/resp_1/input_items')).toBe(`${base}/responses/resp_1/input_items`);
  });
});

describe.each(BARE_ORIGINS)('at %s', (base) => {
  test.each(CLIENTS)("%s is at the server's /v1", (endpoint) => {
    expect(addressOf(base, endpoint)).toBe(`${base}/v1/chat/completions`);
  });

  test.each(['/api/chat', '/tokenize', '/v2/rerank', '/completion', '/v1/rerank', '/v10/x', '/'])(
    '%s stays as it is',
    (endpoint) => {
      expect(addressOf(base, endpoint)).toBe(base + endpoint);
    },
  );
});

test.each([
  ['https://api.deepseek.com/anthropic', 'https://api.deepseek.com/anthropic/v1'],
  ['https://api.z.ai/api/anthropic', 'https://api.z.ai/api/anthropic/v1'],
  ['https://api.moonshot.ai/anthropic', 'https://api.moonshot.ai/anthropic/v1'],
  ['https://api.minimax.io/anthropic/v1', 'https://api.minimax.io/anthropic/v1'],
  ['https://dashscope-intl.aliyuncs.com/apps/anthropic', 'https://dashscope-intl.aliyuncs.com/apps/anthropic/v1'],
  ['https://r.services.ai.azure.com/anthropic', 'https://r.services.ai.azure.com/anthropic/v1'],
  ['https://gateway.ai.cloudflare.com/v1/a/gw/anthropic', 'https://gateway.ai.cloudflare.com/v1/a/gw/anthropic/v1'],
  ['https://a.databricks.com/serving-endpoints/anthropic', 'https://a.databricks.com/serving-endpoints/anthropic/v1'],
  ['https://api.fireworks.ai/inference', 'https://api.fireworks.ai/inference/v1'],
  ['https://openrouter.ai/api', 'https://openrouter.ai/api/v1'],
  ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
  ['https://api.kimi.com/coding', 'https://api.kimi.com/coding/v1'],
  ['http://localhost:11434', 'http://localhost:11434/v1'],
  ['http://localhost:8000/v1', 'http://localhost:8000/v1'],
])("below %s Anthropic's messages are at %s", (base, expected) => {
  for (const version of ['', '/v1', '/v1/v1']) {
    expect(addressOf(base, `${version}/messages`)).toBe(`${expected}/messages`);
    expect(addressOf(base, `${version}/messages/count_tokens`)).toBe(`${expected}/messages/count_tokens`);
  }
});

test("a base URL of Anthropic's API has its models where Anthropic has them, and takes the key as Anthropic does", () => {
  const base = { host: 'api.deepseek.com', path: '/anthropic' };
  const route = routeEndpoint(openaiCompatible, base, '/models');
  expect(route.path).toBe('/anthropic/v1/models');
  expect(route.credential.shown).toBe('x-api-key: …');
  expect(addressOf('https://api.deepseek.com/anthropic', '/anthropic/v1/messages')).toBe(
    'https://api.deepseek.com/anthropic/v1/messages',
  );
});
