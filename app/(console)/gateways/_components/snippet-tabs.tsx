'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { RadioChoice } from '#components/ui/radio-choice.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#components/ui/tabs.tsx';
import { firstFormOf, type GatewayAddresses } from '#lib/gateways/address.ts';
import type { ProviderKind } from '#lib/providers/catalog.ts';
import { baseUrlOf, type SnippetCall } from '#lib/providers/snippets/snippet.ts';
import { writeSnippets } from '#lib/providers/snippets/write-snippets.ts';

/** A model of a gateway, as far as code that calls it needs. */
export type CallableModel = {
  kind: ProviderKind;
  model: string;
  addresses: GatewayAddresses;
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
  const [form, setForm] = useState(firstFormOf(addresses));
  const [reach, setReach] = useState<SnippetCall['reach']>('model');
  const call = { gatewayUrl: addresses[form] ?? addresses.pathForm, kind, model, reach, token };
  const snippets = writeSnippets(call);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {addresses.hostForm && (
        <RadioChoice
          label={t('addressForm')}
          options={[
            { value: 'hostForm', label: t('hostForm') },
            { value: 'pathForm', label: t('pathForm') },
          ]}
          value={form}
          onChange={setForm}
        />
      )}
      <RadioChoice
        label={t('reach')}
        options={[
          { value: 'model', label: t('reachModel') },
          { value: 'gateway', label: t('reachGateway') },
        ]}
        value={reach}
        onChange={setReach}
      />
      {showAddress && (
        <div className="flex rounded-md bg-sunken px-3 py-1.5">
          <Copyable text={baseUrlOf(call)} what={t('address')} />
        </div>
      )}
      <Tabs defaultValue="curl" className="flex min-w-0 flex-col gap-3">
        <TabsList aria-label={t('languages')}>
          {snippets.map(({ id, label }) => (
            <TabsTrigger key={id} value={id}>
              {label}
            </TabsTrigger>
          ))}
        </TabsList>
        {snippets.map(({ id, code }) => (
          <TabsContent key={id} value={id} className="min-w-0">
            <CodeBlock code={code} what={t('code')} onCopied={onCopied} />
          </TabsContent>
        ))}
      </Tabs>
    </div>
  );
}
