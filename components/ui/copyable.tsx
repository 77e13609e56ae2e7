'use client';

import { type Ref, useRef } from 'react';
import { CopyButton } from '#components/ui/copy-button.tsx';

type CopyableProps = {
  text: string;
  /** What is copied, for those who do not see what the button stands beside. */
  what: string;
  onCopied?: () => void;
  buttonRef?: Ref<HTMLButtonElement>;
};

/** Text to be copied whole: monospaced, selectable, with a button. */
export function Copyable({ text, what, onCopied, buttonRef }: CopyableProps) {
  const textRef = useRef<HTMLElement>(null);
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1.5">
      <code
        ref={textRef}
        onCopy={onCopied}
        className="min-w-0 flex-1 max-sm:basis-full font-mono text-[0.8125rem] break-all select-all"
      >
        {text}
      </code>
      <CopyButton textRef={textRef} what={what} onCopied={onCopied} buttonRef={buttonRef} />
    </div>
  );
}
