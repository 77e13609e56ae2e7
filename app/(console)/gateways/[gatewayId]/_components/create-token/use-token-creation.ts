import { type FormEvent, useRef, useState } from 'react';
import { useServerNow } from '#components/server-clock.tsx';
import { useAttempt } from '#components/ui/use-attempt.ts';
import { randomUuid } from '#lib/console/random-uuid.ts';
import { MOST_CREATED } from '#lib/tokens/inputs.ts';
import type { Twin } from '#lib/tokens/look-alike.ts';
import { parseName, toNameKey } from '#lib/tokens/name.ts';
import { expandNames, type LIST_PROBLEMS } from '#lib/tokens/name-list.ts';
import type { CreatedToken } from '#lib/tokens/schema.ts';
import { createTokensAction } from '../../tokens/actions.ts';
import { type ExpiryChoice, expiryOf } from './expiry-field.tsx';

/** A name that is asked for, and what keeps it from being made. */
export type AskedName = { name: string; problem: (typeof LIST_PROBLEMS)[number] | 'nameTaken' | null };

/**
 * The form that creates tokens of a gateway: one by its name, or several by a list. Whatever goes wrong, what was typed
 * stays in it; nothing is made until every name can be.
 */
export function useTokenCreation(gatewayId: string, onCreated: (created: CreatedToken[]) => void) {
  // Each form keeps its own: a list has no place in a field of one line.
  const [single, setSingle] = useState('');
  const [list, setList] = useState<string | null>(null);
  const [several, setSeveral] = useState(false);
  const text = several ? (list ?? single) : single;
  const [leavesOutTaken, setLeavesOutTaken] = useState(false);
  const [expiry, setExpiry] = useState<ExpiryChoice>({ is: 'never' });
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  /** Names that look like others, of the text as it stands: sent again, they are meant. */
  const [twins, setTwins] = useState<Twin[]>([]);
  const [tried, setTried] = useState(false);
  const serverNow = useServerNow();
  const fieldRef = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  // A request that is sent again, because its answer was lost, replaces what the first one made.
  const [creationId] = useState(randomUuid);

  const listed = several ? listNames(text, taken) : [checkName(text, taken)];
  const names = several && leavesOutTaken ? listed.filter(({ problem }) => problem !== 'nameTaken') : listed;
  const faulty = names.find(({ problem }) => problem !== null);
  const isTooMany = names.length > MOST_CREATED;
  const canCreate = !faulty && names.length > 0 && !isTooMany;

  const attempt = useAttempt(async () => {
    const chosen = expiryOf(expiry, serverNow());
    if ('problem' in chosen) return null;
    const asked = names.map(({ name }) => name);
    const input = { gatewayId, creationId, names: asked, ...chosen, evenIfAlike: twins.length > 0 };
    const result = await createTokensAction(input);
    if (result.ok) onCreated(result.created);
    else if (result.code === 'nameTaken') {
      setTaken(new Set([...taken, ...result.taken.map(toNameKey)]));
      fieldRef.current?.focus();
    } else if (result.code === 'looksAlike') setTwins(result.twins);
    else return result.code === 'invalid' ? 'unexpected' : result.code;
    return null;
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!canCreate) fieldRef.current?.focus();
    else void attempt.run();
  }

  return {
    ...attempt,
    submit,
    fieldRef,
    text,
    /** Several lines can only be several names. */
    changeText(next: string) {
      const isList = several || /[\r\n]/.test(next);
      if (isList) setList(next);
      else setSingle(next);
      setSeveral(isList);
      setTwins([]);
      setTried(false);
    },
    several,
    /** How many names a line stands for that is typed where one is asked for: `user01 … user40`. */
    meant: several ? 0 : expandNames(single, MOST_CREATED).filter(({ problem }) => problem === null).length,
    setSeveral(next: boolean) {
      if (next) setList(list ?? single);
      setSeveral(next);
      setTwins([]);
      setTried(false);
    },
    expiry,
    setExpiry,
    names,
    takenCount: listed.filter(({ problem }) => problem === 'nameTaken').length,
    leavesOutTaken,
    leaveOutTaken: () => setLeavesOutTaken(true),
    twins,
    isTooMany,
    canCreate,
    /** Whether what is wrong is to be told: not before it was tried. */
    tried: tried || taken.size > 0,
  };
}

function listNames(text: string, taken: ReadonlySet<string>): AskedName[] {
  return expandNames(text, MOST_CREATED).map((listed) => {
    return listed.problem === null ? checkName(listed.name, taken) : listed;
  });
}

function checkName(text: string, taken: ReadonlySet<string>): AskedName {
  const parsed = parseName(text);
  if ('problem' in parsed) return { name: text, problem: parsed.problem };
  return { name: parsed.name, problem: taken.has(toNameKey(parsed.name)) ? 'nameTaken' : null };
}
