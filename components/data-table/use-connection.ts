import { useCallback, useEffect, useState } from 'react';

/** Whether the server can be asked for rows: `unreachable` is a server that does not answer, or not as it should. */
export type Connection = 'live' | 'offline' | 'unreachable' | 'sessionEnded';

const LONGEST_WAIT_MS = 10_000;

/**
 * Knows whether the server would answer. Asked before a page is fetched anew, because a page that meets an ended
 * session becomes the sign-in page, and one that meets no server an error of the browser: both take away what is here.
 */
export function useConnection() {
  const [connection, setConnection] = useState<Connection>('live');

  const check = useCallback(async (): Promise<boolean> => {
    const found = await probe();
    setConnection(found);
    return found === 'live';
  }, []);

  useEffect(() => {
    const lost = () => setConnection('offline');
    window.addEventListener('offline', lost);
    return () => window.removeEventListener('offline', lost);
  }, []);

  return { connection, check };
}

async function probe(): Promise<Connection> {
  if (!navigator.onLine) return 'offline';
  try {
    const answer = await fetch('/api/session', { cache: 'no-store', signal: AbortSignal.timeout(LONGEST_WAIT_MS) });
    if (answer.ok) return 'live';
    return answer.status === 401 ? 'sessionEnded' : 'unreachable';
  } catch {
    return navigator.onLine ? 'unreachable' : 'offline';
  }
}
