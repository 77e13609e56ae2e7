'use client';

import { useRef } from 'react';
import { CopyButton } from '#components/ui/copy-button.tsx';

type CodeBlockProps = {
  code: string;
  /** What is copied, for those who do not see what the button stands beside. */
  what: string;
  onCopied?: () => void;
};

/** Lines of code with a button that copies them. Long lines scroll: broken ones would be another program. */
export function CodeBlock({ code, what, onCopied }: CodeBlockProps) {
  const textRef = useRef<HTMLPreElement>(null);
  return (
    <div className="flex flex-col rounded-md border bg-sunken">
      <div className="flex flex-wrap justify-end gap-2 px-2 pt-2">
        <CopyButton textRef={textRef} what={what} onCopied={onCopied} />
      </div>
      <pre
        ref={textRef}
        onCopy={onCopied}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
        tabIndex={0}
        className="overflow-x-auto px-4 pt-1 pb-4 font-mono text-[0.8125rem] leading-relaxed"
      >
        {code}
      </pre>
    </div>
  );
}
