'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Ref, RefObject } from 'react';
import { Button } from '#components/ui/button.tsx';
import { useCopy } from '#components/ui/use-copy.ts';

type CopyButtonProps = {
  textRef: RefObject<HTMLElement | null>;
  /** What is copied, for those who do not see what the button stands beside. */
  what: string;
  onCopied?: () => void;
  buttonRef?: Ref<HTMLButtonElement>;
  /** Whether the button stands alone, so that everybody has to be told what it copies. */
  alone?: boolean;
};

/** Copies the text of an element, and says whether that worked. */
export function CopyButton({ textRef, what, onCopied, buttonRef, alone }: CopyButtonProps) {
  const t = useTranslations('copy');
  const { state, copy } = useCopy(textRef, onCopied);
  return (
    <>
      <Button ref={buttonRef} size="small" onClick={copy}>
        {state === 'copied' ? <Check className="text-success" aria-hidden /> : <Copy aria-hidden />}
        {state === 'copied' ? t('copied') : t('copy')}
        <span className={alone ? '-ml-1' : 'sr-only'}>{what}</span>
      </Button>
      <span role="status" className={state === 'failed' ? 'w-full text-danger' : 'sr-only'}>
        {state === 'copied' && t('copiedToClipboard')}
        {state === 'failed' && t('failed')}
      </span>
    </>
  );
}
