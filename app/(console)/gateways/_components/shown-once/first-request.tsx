'use client';

import { CircleCheck, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { readLastUsesAction } from '../../[gatewayId]/tokens/actions.ts';

const ASK_EVERY_MS = 3_000;

type FirstRequestProps = { gatewayId: string; tokenId: string };

/** Says, as long as it is seen, whether a new token was used already. The proxies tell what they saw in batches. */
export function FirstRequest({ gatewayId, tokenId }: FirstRequestProps) {
  const t = useTranslations('tokens.created');
  const [from, setFrom] = useState<string | null>(null);
  const [used, setUsed] = useState(false);

  useEffect(() => {
    if (used) return;
    let current = true;
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      // An answer that does not come says nothing about the token; the next one will.
      const result = await readLastUsesAction({ gatewayId, ids: [tokenId] }).catch(() => null);
      const use = result?.ok ? result.value[0] : undefined;
      if (!current || !use?.lastUsedAt) return;
      setFrom(use.lastUsedFrom);
      setUsed(true);
    };
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [gatewayId, tokenId, used]);

  return (
    <p role="status" className={used ? 'flex items-center gap-2 text-success' : 'flex items-center gap-2 text-muted'}>
      {used ? (
        <CircleCheck className="size-4 shrink-0" aria-hidden />
      ) : (
        <LoaderCircle className="size-4 shrink-0 animate-spin" aria-hidden />
      )}
      {used ? (from ? t('firstRequestFrom', { from }) : t('firstRequest')) : t('waiting')}
    </p>
  );
}
