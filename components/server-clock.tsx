'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';

const OffsetContext = createContext(0);

/** Lets the page below go by the server's clock: the browser's may be wrong by years. `now`: ISO 8601. */
export function ServerClock({ now, children }: { now: string; children: ReactNode }) {
  const [offset] = useState(() => Date.parse(now) - Date.now());
  return <OffsetContext value={offset}>{children}</OffsetContext>;
}

/** The server's time, ms since 1970, as long as the browser's clock is not set anew. */
export function useServerNow(): () => number {
  const offset = useContext(OffsetContext);
  return () => Date.now() + offset;
}
