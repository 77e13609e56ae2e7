'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import { Badge, StatusBadge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { ErrorNotice } from '#components/ui/notice.tsx';
import type { FoundToken } from '#lib/tokens/find-token.ts';
import { SessionEndedNotice } from '../../../../../_components/session-ended-notice.tsx';
import { useFoundToken } from './use-found-token.ts';

type FoundTokenDialogProps = { token: string; onClose: () => void };

/** Says whose a pasted token is. Opens by being rendered. The token stays in this browser, and is not shown. */
export function FoundTokenDialog({ token, onClose }: FoundTokenDialogProps) {
  const t = useTranslations('tokens.find');
  const finding = useFoundToken(token);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogTitle>{t('title')}</DialogTitle>
        <DialogBody>
          <DialogDescription className="text-muted">{t('text')}</DialogDescription>
          <div role="status" className="flex flex-col gap-3">
            {finding.is === 'asked' && <p>{t('asked')}</p>}
            {finding.is === 'mistyped' && <p>{t('mistyped')}</p>}
            {finding.is === 'unknown' && <p>{t('unknown')}</p>}
            {finding.is === 'found' && <FoundFacts found={finding.token} />}
          </div>
          {finding.is === 'sessionEnded' && <SessionEndedNotice />}
          {finding.is === 'failed' && <ErrorNotice>{t('failed')}</ErrorNotice>}
        </DialogBody>
        <DialogFooter>
          <DialogPrimitive.Close asChild>
            <Button>{t('close')}</Button>
          </DialogPrimitive.Close>
          {finding.is === 'found' && finding.token.status !== 'DELETED' && (
            <Button asChild variant="primary">
              <Link
                href={`/gateways/${finding.token.gatewayId}/tokens?q=${encodeURIComponent(finding.token.name)}`}
                onClick={onClose}
              >
                {t('show')}
              </Link>
            </Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function FoundFacts({ found }: { found: FoundToken }) {
  const t = useTranslations('tokens.find');
  return (
    <>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 rounded-md border px-4 py-3">
        <dt className="font-medium">{t('name')}</dt>
        <dd className="wrap-anywhere">
          <bdi>{found.name}</bdi> <span className="font-mono text-xs text-muted">{found.masked}</span>
        </dd>
        <dt className="font-medium">{t('gateway')}</dt>
        <dd className="wrap-anywhere">{found.gatewayName}</dd>
        <dt className="font-medium">{t('status')}</dt>
        <dd>{found.status === 'DELETED' ? <Badge>{found.status}</Badge> : <StatusBadge status={found.status} />}</dd>
        <dt className="font-medium">{t('lastUsed')}</dt>
        <dd>{found.lastUsedAt ? <DateTime value={found.lastUsedAt} /> : t('never')}</dd>
      </dl>
      {found.status === 'DELETED' && <p>{t('deleted')}</p>}
      {found.secret === 'previous' && <p>{t('previous')}</p>}
    </>
  );
}
