import { readEndpoint } from './read-endpoint.ts';
import type { EndpointTable, Making, Reference } from './types.ts';

/** An object of a provider, as its API names it. */
export type ObjectName = { collection: string; id: string };

/** What an endpoint's answer may tell of objects, and what its body may name. */
export type Mentions = {
  makings: readonly Making[];
  references: readonly Reference[];
  /** The keys at the top of its body that matter for these, by their lower case. */
  wanted: ReadonlyMap<string, string>;
};

/** What a call at an endpoint is. */
export type EndpointUse =
  | ({ kind: 'inference' } & Mentions)
  /** It makes an object without naming one, or goes to one with all that is below it. */
  | ({ kind: 'object'; does: 'create'; object: null } & Mentions)
  | ({ kind: 'object'; does: 'use' | 'delete'; object: ObjectName } & Mentions)
  /** It shows objects, whoever made them. */
  | { kind: 'list'; collection: string }
  | { kind: 'management' }
  /** Servers may read its path in different ways: as management, whatever it is. */
  | { kind: 'unclear' }
  /** In no table. Where it names a model it is for that model; otherwise it is management. */
  | { kind: 'unknown' };

/** A path of a table, to be compared with segments. */
type Pattern = { method: string | null; segments: readonly string[] };

type CompiledTable = {
  inference: readonly Pattern[];
  objects: readonly { collection: string; segments: readonly string[] }[];
  management: readonly Pattern[];
  makings: readonly (Pattern & { making: Making })[];
  references: readonly (Pattern & { reference: Reference })[];
};

const MANAGEMENT: EndpointUse = { kind: 'management' };
const UNCLEAR: EndpointUse = { kind: 'unclear' };
const UNKNOWN: EndpointUse = { kind: 'unknown' };

/**
 * Judges what a call at an endpoint does. Percent-encoding, empty segments, case and leading versions make no
 * difference.
 *
 * @param endpoint what follows the model, or the provider where no model is named; begins with `/` unless empty.
 */
export function judgeEndpoint(table: EndpointTable, givenMethod: string, endpoint: string): EndpointUse {
  // RFC 9110 §9.3.7: it tells how one may communicate, and reads and changes nothing.
  if (givenMethod === 'OPTIONS') return UNKNOWN;
  const all = readEndpoint(endpoint, table.hasActions);
  if (!all) return UNCLEAR;
  const from = all.findIndex((segment) => !table.prefixes.includes(segment.toLowerCase()));
  const segments = from < 0 ? [] : all.slice(from);
  // RFC 9110 §9.3.2: HEAD is GET without content.
  const method = givenMethod === 'HEAD' ? 'GET' : givenMethod;
  const rules = compile(table);
  const isCall = (pattern: Pattern) => matches(pattern, method, segments);
  if (rules.inference.some(isCall)) return { kind: 'inference', ...mentions(rules, method, segments) };
  const collection = longest(rules.objects.filter(({ segments: prefix }) => beginsWith(segments, prefix)));
  const managed = rules.management.filter((pattern) =>
    pattern.method === null ? beginsWith(segments, pattern.segments) : isCall(pattern),
  );
  if (managed.some((pattern) => pattern.segments.length >= (collection?.segments.length ?? 0))) return MANAGEMENT;
  if (!collection) return UNKNOWN;
  return judgeObject(rules, collection, method, segments);
}

function judgeObject(
  rules: CompiledTable,
  { collection, segments: { length } }: CompiledTable['objects'][number],
  method: string,
  segments: readonly string[],
): EndpointUse {
  const [id, ...below] = segments.slice(length);
  const all = mentions(rules, method, segments);
  if (id === undefined) {
    if (method === 'POST') return { kind: 'object', does: 'create', object: null, ...all };
    return method === 'GET' ? { kind: 'list', collection } : MANAGEMENT;
  }
  // `POST threads/runs`: what stands where an id could be is a word of the API.
  const isWord = rules.makings.some(
    (pattern) => matches(pattern, method, segments) && pattern.segments[length]?.startsWith('{') === false,
  );
  if (isWord) return { kind: 'object', does: 'create', object: null, ...all };
  // An action upon the whole collection.
  if (id.startsWith(':')) return MANAGEMENT;
  const does = method === 'DELETE' && below.length === 0 ? 'delete' : 'use';
  return { kind: 'object', does, object: { collection, id }, ...all };
}

function mentions(rules: CompiledTable, method: string, segments: readonly string[]): Mentions {
  const makings = rules.makings.filter((rule) => matches(rule, method, segments)).map(({ making }) => making);
  const references = rules.references
    .filter((rule) => matches(rule, method, segments))
    .map(({ reference }) => reference);
  const keys = references.map(({ key }) => key);
  if (makings.some(({ storesByDefault }) => storesByDefault !== undefined)) keys.push('store');
  return { makings, references, wanted: new Map(keys.map((key) => [key.toLowerCase(), key])) };
}

function longest<Rule extends { segments: readonly string[] }>(rules: readonly Rule[]): Rule | undefined {
  return rules.toSorted((one, other) => other.segments.length - one.segments.length)[0];
}

function matches(pattern: Pattern, method: string, segments: readonly string[]): boolean {
  if (pattern.method !== method) return false;
  const { length } = pattern.segments;
  if (pattern.segments[length - 1] === '**') {
    return segments.length >= length && beginsWith(segments, pattern.segments.slice(0, -1));
  }
  return segments.length === length && beginsWith(segments, pattern.segments);
}

function beginsWith(segments: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((wanted, index) => {
    const segment = segments[index];
    if (segment === undefined) return false;
    if (wanted === ':*') return segment.startsWith(':');
    // An action stands where no name can.
    return wanted.startsWith('{') ? !segment.startsWith(':') : segment.toLowerCase() === wanted;
  });
}

const compiled = new WeakMap<EndpointTable, CompiledTable>();

function compile(table: EndpointTable): CompiledTable {
  const known = compiled.get(table);
  if (known) return known;
  const made: CompiledTable = {
    inference: table.inference.map(toPattern),
    objects: table.objects.map((collection) => ({ collection, segments: toSegments(collection) })),
    management: table.management.map(toPattern),
    makings: table.makings.map((making) => ({ ...toPattern(making.call), making })),
    references: table.references.map((reference) => ({ ...toPattern(reference.call), reference })),
  };
  compiled.set(table, made);
  return made;
}

/** @param text a path, or method and path. */
function toPattern(text: string): Pattern {
  const [first = '', second] = text.split(' ');
  return second === undefined
    ? { method: null, segments: toSegments(first) }
    : { method: first, segments: toSegments(second) };
}

function toSegments(path: string): string[] {
  return path.toLowerCase().split('/');
}
