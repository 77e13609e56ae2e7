'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#components/ui/tabs.tsx';
import type { ProviderKind } from '#lib/providers/catalog.ts';
import { modelUrl } from '#lib/providers/snippets/snippet.ts';
import { writeSnippets } from '#lib/providers/snippets/write-snippets.ts';
import { AddressFormChoice } from './address-form-choice.tsx';

/** A model of a gateway, as far as code that calls it needs. */
export type CallableModel = {
  kind: ProviderKind;
  model: string;
  addresses: { hostForm: string | null; pathForm: string };
};

type SnippetTabsProps = {
  callable: CallableModel;
  /** What the code carries; null where the gateway asks for no token. */
  token: string | null;
  /** Whether the address is shown by itself, besides. */
  showAddress?: boolean;
  onCopied?: () => void;
};

/** Code that calls a model, a tab for each way. */
export function SnippetTabs({ callable, token, showAddress, onCopied }: SnippetTabsProps) {
  const t = useTranslations('providers.code');
  const { kind, model, addresses } = callable;
  const [form, setForm] = useState<'hostForm' | 'pathForm'>(addresses.hostForm ? 'hostForm' : 'pathForm');
  const call = { gatewayUrl: addresses[form] ?? addresses.pathForm, kind, model, token };
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {addresses.hostForm && <AddressFormChoice form={form} onChange={setForm} />}
      {showAddress && (
        <div className="flex rounded-md bg-sunken px-3 py-1.5">
          <Copyable text={modelUrl(call)} what={t('address')} />
        </div>
      )}
      <Tabs defaultValue="curl" className="flex min-w-0 flex-col gap-3">
        <TabsList aria-label={t('languages')}>
          {writeSnippets(call).map(({ id, label }) => (
            <TabsTrigger key={id} value={id}>
              {label}
            </TabsTrigger>
          ))}
        </TabsList>
        {writeSnippets(call).map(({ id, code }) => (
          <TabsContent key={id} value={id} className="min-w-0">
            <CodeBlock code={code} what={t('code')} onCopied={onCopied} />
          </TabsContent>
        ))}
      </Tabs>
    </div>
  );
}
