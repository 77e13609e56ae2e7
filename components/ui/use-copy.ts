import { type RefObject, useId, useState, useSyncExternalStore } from 'react';
import { copyText } from '#components/ui/copy-text.ts';

/** Whose text is on the clipboard, as far as this page knows: of several that say "Copied", only one is right. */
let holder: string | null = null;
const listeners = new Set<() => void>();

function hold(id: string | null): void {
  holder = id;
  for (const listener of listeners) listener();
}

const letGo = () => hold(null);

function subscribe(listener: () => void): () => void {
  // Whoever copies something else by hand puts that in its place.
  if (listeners.size === 0) for (const type of ['copy', 'cut']) document.addEventListener(type, letGo);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) for (const type of ['copy', 'cut']) document.removeEventListener(type, letGo);
  };
}

/** Copies the text of an element when told to, and knows how that went. */
export function useCopy(textRef: RefObject<HTMLElement | null>, onCopied?: () => void) {
  const id = useId();
  const [failed, setFailed] = useState(false);
  const current = useSyncExternalStore(
    subscribe,
    () => holder,
    () => null,
  );

  async function copy() {
    if (!textRef.current) return;
    const done = await copyText(textRef.current);
    setFailed(!done);
    hold(done ? id : null);
    if (done) onCopied?.();
  }

  const state = failed ? 'failed' : current === id ? 'copied' : 'idle';
  return { state, copy } as const;
}
