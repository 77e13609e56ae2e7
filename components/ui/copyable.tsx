'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type Ref, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { copyText } from '#components/ui/copy-text.ts';

type CopyableProps = {
  text: string;
  /** What is copied, for those who do not see what the button stands beside. */
  what: string;
  onCopied?: () => void;
  buttonRef?: Ref<HTMLButtonElement>;
};

/** Text to be copied whole: monospaced, selectable, with a button. */
export function Copyable({ text, what, onCopied, buttonRef }: CopyableProps) {
  const t = useTranslations('copy');
  const textRef = useRef<HTMLElement>(null);
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');

  async function copy() {
    if (!textRef.current) return;
    const done = await copyText(textRef.current);
    setState(done ? 'copied' : 'failed');
    if (done) onCopied?.();
  }

  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1.5">
      <code
        ref={textRef}
        onCopy={onCopied}
        className="min-w-0 flex-1 max-sm:basis-full font-mono text-[0.8125rem] break-all select-all"
      >
        {text}
      </code>
      <Button ref={buttonRef} size="small" onClick={copy}>
        {state === 'copied' ? <Check className="text-success" aria-hidden /> : <Copy aria-hidden />}
        {state === 'copied' ? t('copied') : t('copy')}
        <span className="sr-only">{what}</span>
      </Button>
      <span role="status" className={state === 'failed' ? 'w-full text-danger' : 'sr-only'}>
        {state === 'copied' && t('copiedToClipboard')}
        {state === 'failed' && t('failed')}
      </span>
    </div>
  );
}
