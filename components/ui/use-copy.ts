import { type RefObject, useState } from 'react';
import { copyText } from '#components/ui/copy-text.ts';

/** Copies the text of an element when told to, and knows how that went. */
export function useCopy(textRef: RefObject<HTMLElement | null>, onCopied?: () => void) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');

  async function copy() {
    if (!textRef.current) return;
    const done = await copyText(textRef.current);
    setState(done ? 'copied' : 'failed');
    if (done) onCopied?.();
  }

  return { state, copy };
}
