import { useEffect, useState } from 'react';
import type { FoundToken } from '#lib/tokens/find-token.ts';
import { hashInBrowser } from '#lib/tokens/pasted-token.ts';
import { hasValidChecksum } from '#lib/tokens/token-checksum.ts';
import { findTokenAction } from '../../actions.ts';

export type Finding =
  | { is: 'asked' }
  | { is: 'found'; token: FoundToken }
  | { is: 'unknown' }
  /** Its checksum is wrong: no such token was ever made. */
  | { is: 'mistyped' }
  | { is: 'sessionEnded' }
  | { is: 'failed' };

/** Looks a token up by its hash, which is made here. */
export function useFoundToken(token: string): Finding {
  const [finding, setFinding] = useState<Finding>({ is: 'asked' });
  useEffect(() => {
    let current = true;
    find(token)
      .catch(() => ({ is: 'failed' }) as const)
      .then((found) => current && setFinding(found));
    return () => {
      current = false;
    };
  }, [token]);
  return finding;
}

async function find(token: string): Promise<Finding> {
  if (!hasValidChecksum(token)) return { is: 'mistyped' };
  const result = await findTokenAction(await hashInBrowser(token));
  if (!result.ok) return { is: result.code === 'sessionEnded' ? result.code : 'failed' };
  return result.value ? { is: 'found', token: result.value } : { is: 'unknown' };
}
