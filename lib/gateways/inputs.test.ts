import { expect, test } from 'vitest';
import { createGatewaySchema } from './inputs.ts';

const issuesOf = (input: object) =>
  createGatewaySchema.safeParse(input).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];

test('all that is wrong is named at once: the name, missing keys and missing models', () => {
  const providers = [
    { kind: 'openai', key: '', models: [] },
    { kind: 'openai-compatible', key: '', endpoint: '', headerName: '', models: ['llama'] },
  ];
  expect(issuesOf({ name: 'a b', authenticated: true, providers }).toSorted()).toEqual([
    'name nameCharacters',
    'name nameTooShort',
    'providers.0.key keyRequired',
    'providers.0.models modelRequired',
    'providers.1.endpoint endpointRequired',
  ]);
});

test.each(['unknown', '__proto__', 'toString', 7, null])(
  'the kind %j is named as unknown, and nothing else fails',
  (kind) => {
    const providers = [{ kind, models: ['m'] }];
    expect(issuesOf({ name: 'my-gateway', authenticated: true, providers })).toEqual(['providers.0.kind kindUnknown']);
  },
);

test.each([
  ['', ['nameRequired', 'nameTooShort']],
  ['a'.repeat(4), ['nameTooShort']],
  ['a'.repeat(5), []],
  ['A_-9z'.repeat(10), []],
  ['a'.repeat(51), ['nameTooLong']],
  ['người-dùng', ['nameCharacters']],
  ['my-gateway\n', ['nameCharacters']],
])('the name %j has the problems %j', (name, problems) => {
  const issues = problems.map((problem) => `name ${problem}`);
  expect(issuesOf({ name, authenticated: true, providers: [] })).toEqual(issues);
});
