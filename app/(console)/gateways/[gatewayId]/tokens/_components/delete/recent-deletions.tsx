'use client';

import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import type { Deletion } from '#lib/tokens/list-deletions.ts';
import { useUndoDeletion } from './use-undo-deletion.tsx';

type RecentDeletionsProps = { gatewayId: string; deletions: Deletion[] };

/** What was deleted in the last minutes and can still be undone, also after the news of it is gone. */
export function RecentDeletions({ gatewayId, deletions }: RecentDeletionsProps) {
  const t = useTranslations('tokens.undo');
  if (deletions.length === 0) return null;
  return (
    <section aria-labelledby="recent-deletions" className="rounded-lg border bg-surface px-4 py-3 shadow-raised">
      <h3 id="recent-deletions" className="font-semibold">
        {t('title')}
      </h3>
      <p className="text-muted">{t('text')}</p>
      <ul className="mt-2 divide-y">
        {deletions.map((deletion) => (
          <DeletionItem key={deletion.deletionId} gatewayId={gatewayId} deletion={deletion} />
        ))}
      </ul>
    </section>
  );
}

function DeletionItem({ gatewayId, deletion }: { gatewayId: string; deletion: Deletion }) {
  const t = useTranslations('tokens.undo');
  const undo = useUndoDeletion(gatewayId);
  const [pending, setPending] = useState(false);
  const what = t('item', { count: deletion.tokens, name: deletion.name });

  async function run() {
    if (pending) return;
    setPending(true);
    await undo(deletion.deletionId);
    setPending(false);
  }

  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5">
      <span className="min-w-0 wrap-anywhere">{what}</span>
      <span className="flex items-center gap-3 text-muted">
        <span>{t.rich('until', { time: () => <DateTime value={deletion.undoUntil} /> })}</span>
        <Button size="small" pending={pending} onClick={run}>
          {!pending && <Undo2 aria-hidden />}
          {t('undo')}
          <span className="sr-only">{what}</span>
        </Button>
      </span>
    </li>
  );
}
