import type { ProviderKind } from './catalog.ts';
import { MOST_MODELS, type ProviderRow } from './schema.ts';

/** What of a connected provider a form shows and can change. */
export type SeenProvider = Pick<
  ProviderRow,
  'kind' | 'endpoint' | 'headerName' | 'keyId' | 'opensManagement' | 'firstByteTimeoutSeconds' | 'idleTimeoutSeconds'
> & { models: string[] };

export function toSeen(row: ProviderRow): SeenProvider {
  const { kind, endpoint, headerName, keyId, opensManagement, firstByteTimeoutSeconds, idleTimeoutSeconds } = row;
  const models = row.models.map(({ name }) => name);
  return { kind, endpoint, headerName, keyId, models, opensManagement, firstByteTimeoutSeconds, idleTimeoutSeconds };
}

/** The same as somebody wants it. An empty or missing key stands for the stored one. */
type WantedProvider = {
  kind: ProviderKind;
  key?: string | undefined;
  endpoint?: string | undefined;
  headerName?: string | undefined;
  models: string[];
  opensManagement?: boolean | undefined;
  firstByteTimeoutSeconds?: number | null | undefined;
  idleTimeoutSeconds?: number | null | undefined;
};

/** What two people changed from the same page, each in another way. */
export type ProviderConflict = {
  kind: ProviderKind;
  what: /** Both connected it. */
    | 'added'
    /** It was removed, and is changed here. */
    | 'removed'
    /** It was changed, and is removed here. */
    | 'changed'
    /** Its address, header and key, which belong together. */
    | 'access'
    /** Together, none or too many would be left. */
    | 'models'
    | 'firstByteTimeoutSeconds'
    | 'idleTimeoutSeconds';
};

type Merged<Wanted> = {
  /** All providers as they are to be. Where there is a conflict, as they are wanted here. */
  providers: Wanted[];
  conflicts: ProviderConflict[];
};

/**
 * Puts together what one page wants of the providers of a gateway with what somebody else has made of them since it
 * was shown. Lists of models are put together name by name, and a switch has but two states: neither can conflict.
 *
 * @param seen as the page showed them.
 * @param stored as they are now.
 */
export function mergeProviders<Wanted extends WantedProvider>(
  seen: readonly SeenProvider[],
  wanted: readonly Wanted[],
  stored: readonly SeenProvider[],
): Merged<Wanted> {
  const of = <Provider extends { kind: ProviderKind }>(list: readonly Provider[], kind: ProviderKind) =>
    list.find((provider) => provider.kind === kind);
  const conflicts: ProviderConflict[] = [];
  const providers = wanted.flatMap((mine) => {
    const { kind } = mine;
    const [before, now] = [of(seen, kind), of(stored, kind)];
    if (before && now) {
      const merged = mergeProvider(before, mine, now);
      conflicts.push(...merged.conflicts);
      return [merged.provider];
    }
    if (before && !isChanged(before, mine)) return [];
    if (before) conflicts.push({ kind, what: 'removed' });
    if (now) conflicts.push({ kind, what: 'added' });
    return [mine];
  });
  for (const before of seen) {
    const now = of(stored, before.kind);
    const isRemoved = of(wanted, before.kind) === undefined;
    if (isRemoved && now && !isSame(before, now)) conflicts.push({ kind: before.kind, what: 'changed' });
  }
  return { providers, conflicts };
}

/** Those that somebody else connected meanwhile, and nobody has spoken of here. */
export function findNewcomers<Stored extends { kind: ProviderKind }>(
  seen: readonly { kind: ProviderKind }[],
  wanted: readonly { kind: ProviderKind }[],
  stored: readonly Stored[],
): Stored[] {
  const known = new Set([...seen, ...wanted].map(({ kind }) => kind));
  return stored.filter(({ kind }) => !known.has(kind));
}

function mergeProvider<Wanted extends WantedProvider>(seen: SeenProvider, mine: Wanted, stored: SeenProvider) {
  const { kind } = mine;
  const conflicts: ProviderConflict[] = [];
  const limit = (what: 'firstByteTimeoutSeconds' | 'idleTimeoutSeconds') => {
    const value = mine[what] ?? null;
    if (value === seen[what]) return stored[what];
    if (stored[what] !== seen[what] && stored[what] !== value) conflicts.push({ kind, what });
    return value;
  };
  const isAccessMine = isAccessChanged(seen, mine);
  if (isAccessMine && !isSameAccess(seen, stored) && isAccessChanged(stored, mine)) {
    conflicts.push({ kind, what: 'access' });
  }
  const models = mergeNames(seen.models, mine.models, stored.models);
  const fits = models.length > 0 && models.length <= MOST_MODELS;
  if (!fits) conflicts.push({ kind, what: 'models' });
  const opensManagement = mine.opensManagement ?? seen.opensManagement;
  const provider = {
    ...mine,
    ...(!isAccessMine && {
      endpoint: stored.endpoint ?? undefined,
      headerName: stored.headerName ?? undefined,
    }),
    models: fits ? models : mine.models,
    opensManagement: opensManagement === seen.opensManagement ? stored.opensManagement : opensManagement,
    firstByteTimeoutSeconds: limit('firstByteTimeoutSeconds'),
    idleTimeoutSeconds: limit('idleTimeoutSeconds'),
  };
  return { provider, conflicts };
}

function mergeNames(seen: readonly string[], mine: readonly string[], stored: readonly string[]): string[] {
  // Two forms of the same letters are one name, as `modelsSchema` has it.
  const named = new Set([...seen, ...mine].map((name) => name.normalize('NFC')));
  const added = stored.filter((name) => !named.has(name.normalize('NFC')));
  const isGone = (name: string) => seen.includes(name) && !stored.includes(name);
  return [...mine.filter((name) => !isGone(name)), ...added];
}

function isChanged(seen: SeenProvider, mine: WantedProvider): boolean {
  return (
    isAccessChanged(seen, mine) ||
    !isSameList(seen.models, mine.models) ||
    (mine.opensManagement ?? seen.opensManagement) !== seen.opensManagement ||
    (mine.firstByteTimeoutSeconds ?? null) !== seen.firstByteTimeoutSeconds ||
    (mine.idleTimeoutSeconds ?? null) !== seen.idleTimeoutSeconds
  );
}

const isAccessChanged = ({ endpoint, headerName }: SeenProvider, mine: WantedProvider) =>
  Boolean(mine.key) || (mine.endpoint || null) !== endpoint || (mine.headerName || null) !== headerName;

const isSameAccess = (one: SeenProvider, other: SeenProvider) =>
  one.endpoint === other.endpoint && one.headerName === other.headerName && one.keyId === other.keyId;

const isSame = (one: SeenProvider, other: SeenProvider) =>
  isSameAccess(one, other) &&
  isSameList(one.models, other.models) &&
  one.opensManagement === other.opensManagement &&
  one.firstByteTimeoutSeconds === other.firstByteTimeoutSeconds &&
  one.idleTimeoutSeconds === other.idleTimeoutSeconds;

const isSameList = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((name) => other.includes(name));
