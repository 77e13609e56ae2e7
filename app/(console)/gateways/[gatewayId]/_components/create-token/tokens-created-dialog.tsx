'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { downloadText } from '#components/ui/download-text.ts';
import { strong } from '#components/ui/strong.tsx';
import { toPastedRows } from '#lib/table/csv.ts';
import { type TokenReach, toEnv, toSecretsCsv } from '#lib/tokens/export-tokens.ts';
import type { CreatedToken } from '#lib/tokens/schema.ts';
import { SecretDialogContent } from '../../../_components/shown-once/secret-dialog-content.tsx';

type TokensCreatedDialogProps = {
  gateway: { name: string };
  created: CreatedToken[];
  reach: TokenReach;
  /** All of them were copied or downloaded. */
  onCopied: () => void;
};

/** Shows the secrets of several new tokens, to copy and to download. */
export function TokensCreatedDialog({ gateway, created, reach, onCopied }: TokensCreatedDialogProps) {
  const t = useTranslations('tokens.created');
  const allRef = useRef<HTMLPreElement>(null);
  const copyRef = useRef<HTMLButtonElement>(null);
  const copiedIds = useRef(new Set<string>());

  function noteCopied(id: string) {
    copiedIds.current.add(id);
    if (copiedIds.current.size === created.length) onCopied();
  }

  function download(name: string, type: string, text: string) {
    downloadText(`${gateway.name}-${name}`, type, text);
    onCopied();
  }

  return (
    <SecretDialogContent
      className="sm:max-w-[52rem]"
      title={t('titleMany')}
      description={t.rich('descriptionMany', { count: created.length, gateway: gateway.name, strong })}
      warning={t('shownOnceMany')}
      copyRef={copyRef}
    >
      <div className="flex flex-wrap items-center gap-2">
        {/* What is copied is what the downloaded table holds, with tabs, as spreadsheets want it. */}
        <pre ref={allRef} className="sr-only" aria-hidden>
          {toPastedRows(created.map(({ name, token }) => [name, token]))}
        </pre>
        <CopyButton alone textRef={allRef} what={t('all')} onCopied={onCopied} buttonRef={copyRef} />
        <Button size="small" onClick={() => download('tokens.csv', 'text/csv', toSecretsCsv(reach, created))}>
          <Download aria-hidden />
          {t('csv')}
        </Button>
        <Button size="small" onClick={() => download('tokens.env', 'text/plain', toEnv(reach, created))}>
          <Download aria-hidden />
          {t('env')}
        </Button>
      </div>
      <dl className="min-h-32 divide-y overflow-y-auto rounded-md border">
        {created.map(({ id, name, token }) => (
          <div
            key={id}
            className="grid items-center gap-x-4 gap-y-1 px-4 py-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,2.2fr)]"
          >
            <dt className="font-medium wrap-anywhere">
              <bdi>{name}</bdi>
            </dt>
            <dd className="flex min-w-0">
              <Copyable text={token} what={name} onCopied={() => noteCopied(id)} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-muted">{t('manage')}</p>
    </SecretDialogContent>
  );
}
