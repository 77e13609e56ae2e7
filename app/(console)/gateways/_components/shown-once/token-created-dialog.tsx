'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { strong } from '#components/ui/strong.tsx';
import type { NamedGateway } from '#lib/gateways/schema.ts';
import type { CreatedToken } from '#lib/tokens/schema.ts';
import { type CallableModel, SnippetTabs } from '../snippet-tabs.tsx';
import { FirstRequest } from './first-request.tsx';
import { SecretDialogContent } from './secret-dialog-content.tsx';

type TokenCreatedDialogProps = {
  gateway: NamedGateway;
  created: CreatedToken;
  /** A model to show code for; null where the gateway has none. */
  example: CallableModel | null;
  onCopied: () => void;
};

/** Shows the secret of one new token, and how it is used. */
export function TokenCreatedDialog({ gateway, created, example, onCopied }: TokenCreatedDialogProps) {
  const t = useTranslations('tokens.created');
  const copyRef = useRef<HTMLButtonElement>(null);
  return (
    <SecretDialogContent
      className="sm:max-w-[46rem]"
      title={t('title')}
      description={t.rich('description', { gateway: gateway.name, strong })}
      warning={t('shownOnce')}
      copyRef={copyRef}
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-6 gap-y-3 rounded-md border px-4 py-3 max-sm:grid-cols-1 max-sm:gap-y-1">
        <dt className="font-medium">{t('name')}</dt>
        <dd className="wrap-anywhere">
          <bdi>{created.name}</bdi>
        </dd>
        <dt className="font-medium">{t('token')}</dt>
        <dd className="flex min-w-0">
          <Copyable text={created.token} what={t('token')} onCopied={onCopied} buttonRef={copyRef} />
        </dd>
      </dl>
      {example && <CodeWithToken example={example} token={created.token} onCopied={onCopied} />}
      <FirstRequest gatewayId={gateway.id} tokenId={created.id} />
      <p className="text-muted">{t('manage')}</p>
    </SecretDialogContent>
  );
}

type CodeWithTokenProps = { example: CallableModel; token: string; onCopied: () => void };

function CodeWithToken({ example, token, onCopied }: CodeWithTokenProps) {
  const t = useTranslations('tokens.created');
  const code = useTranslations('providers.code');
  const [open, setOpen] = useState(false);
  const Icon = open ? ChevronUp : ChevronDown;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Button className="self-start" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon aria-hidden />
        {open ? t('hideCode') : t('showCode')}
      </Button>
      {open && (
        <>
          <SnippetTabs callable={example} token={token} onCopied={onCopied} />
          <p className="text-muted">{code('withToken')}</p>
        </>
      )}
    </div>
  );
}
