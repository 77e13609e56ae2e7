import { useRef, useState } from 'react';
import { readCorsOrigins, splitCorsOrigins } from '#lib/gateways/cors-origins.ts';

/** The list of web origins as it is being typed. */
export function useCorsOrigins(stored: readonly string[]) {
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(stored.join('\n'));
  // What is still being typed is not wrong yet.
  const [tried, setTried] = useState(false);
  const result = readCorsOrigins(splitCorsOrigins(text));
  const origins = 'origins' in result ? result.origins : null;

  /** Null when something is wrong: the field says what, and has the focus. */
  function read(): string[] | null {
    setTried(true);
    if (!origins) fieldRef.current?.focus();
    return origins;
  }

  return {
    fieldRef,
    text,
    change(next: string) {
      setText(next);
      setTried(false);
    },
    problem: tried && 'problem' in result ? result.problem : null,
    changed: origins?.join(' ') !== stored.join(' '),
    allowsAll: splitCorsOrigins(text).includes('*'),
    read,
  };
}
