'use client';

import { Check, Circle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormContext, useWatch } from 'react-hook-form';
import { z } from 'zod';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { gatewayAddresses } from '#lib/gateways/address.ts';
import {
  GATEWAY_NAME_CHARACTERS,
  GATEWAY_NAME_LENGTH,
  GATEWAY_NAME_PROBLEMS,
  gatewayNameSchema,
  slugOf,
} from '#lib/gateways/name.ts';
import type { CreateGatewayValues, GatewayPlace } from './use-gateway-creation.ts';

const problemSchema = z.enum([...GATEWAY_NAME_PROBLEMS, 'nameTaken']);

/** The name, with its rules and the address that it makes, both as it is typed. */
export function NameSection({ place }: { place: GatewayPlace }) {
  const t = useTranslations('gateways.create');
  const { register, formState } = useFormContext<CreateGatewayValues>();
  const name = useWatch<CreateGatewayValues, 'name'>({ name: 'name' });
  const problem = problemSchema.safeParse(formState.errors.name?.message).data;
  return (
    <div className="flex flex-col gap-3">
      <Field label={t('nameTitle')} required error={problem && t(`errors.${problem}`)}>
        {(control) => (
          <Input
            {...control}
            {...register('name')}
            className="max-w-md"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <NameRules name={name} />
      <NewAddress name={name} place={place} />
    </div>
  );
}

function NameRules({ name }: { name: string }) {
  const t = useTranslations('gateways.create');
  const { least, most } = GATEWAY_NAME_LENGTH;
  return (
    <ul aria-label={t('rules')} className="flex flex-col gap-1 text-muted">
      <Rule met={name !== '' && GATEWAY_NAME_CHARACTERS.test(name)}>{t('ruleCharacters')}</Rule>
      <Rule met={name.length >= least && name.length <= most}>
        {t('ruleLength', { least, most, count: name.length })}
      </Rule>
    </ul>
  );
}

function Rule({ met, children }: { met: boolean; children: string }) {
  const t = useTranslations('gateways.create');
  return (
    <li className={met ? 'flex items-center gap-2 text-success' : 'flex items-center gap-2'}>
      {met ? <Check className="size-4" aria-hidden /> : <Circle className="size-4 p-1" aria-hidden />}
      <span>
        {children}
        <span className="sr-only"> ({met ? t('ruleMet') : t('ruleUnmet')})</span>
      </span>
    </li>
  );
}

function NewAddress({ name, place }: { name: string; place: GatewayPlace }) {
  const t = useTranslations('gateways.create');
  const fits = gatewayNameSchema.safeParse(name).success;
  const { hostForm, pathForm } = gatewayAddresses(slugOf(place.accountId, name), place.origin, place.gatewayDomain);
  return (
    <div className="rounded-md bg-sunken px-3 py-2">
      <p className="font-medium">{t('address')}</p>
      <output className="block font-mono text-[0.8125rem] break-all text-muted">
        {fits ? (hostForm ?? pathForm) : t('addressUnknown')}
      </output>
    </div>
  );
}
