'use client';

import { ExternalLink, PlugZap } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { SecretInput } from '#components/ui/secret-input.tsx';
import { PROVIDERS, type ProviderKind, takesEndpoint } from '#lib/providers/catalog.ts';
import type { ProviderRow } from '#lib/providers/schema.ts';
import { CheckResult } from './check-result.tsx';
import { type ProvidersFormValues, problemOf } from './provider-form-values.ts';
import { useKeyCheck } from './use-key-check.ts';

type AccessFieldsProps = {
  index: number;
  kind: ProviderKind;
  gatewayId: string | undefined;
  stored: ProviderRow | undefined;
};

/** Where a provider is and the key that it takes, with a button that tries it. */
export function AccessFields({ index, kind, gatewayId, stored }: AccessFieldsProps) {
  const t = useTranslations('providers.form');
  const { register, formState } = useFormContext<ProvidersFormValues>();
  const { said, pending, check, forget } = useKeyCheck(index, gatewayId);
  const { keyPage } = PROVIDERS[kind];
  const isCustom = takesEndpoint(kind);
  const keyProblem = problemOf(formState.errors.providers?.[index]?.key);
  const storedHint = stored?.keyLastChars != null && t('storedKey', { lastChars: stored.keyLastChars });
  return (
    // What was said of a key says nothing of another one.
    <div className="flex flex-col gap-4" onChange={forget}>
      {isCustom && <EndpointFields index={index} />}
      <Field
        label={isCustom ? t('headerValue') : t('key')}
        required={!isCustom && !storedHint}
        hint={storedHint || (isCustom ? t('headerValueHint') : undefined)}
        error={keyProblem && t(`errors.${keyProblem}`)}
      >
        {(control) => (
          <div className="flex flex-wrap gap-2">
            <div className="flex min-w-0 flex-1 basis-60">
              <SecretInput
                what="key"
                {...control}
                {...register(`providers.${index}.key`)}
                // No password manager is to keep a provider's key or put a password here.
                autoComplete="off"
                data-1p-ignore
                data-lpignore="true"
                spellCheck={false}
              />
            </div>
            {keyPage && (
              <Button asChild>
                <a href={keyPage} target="_blank" rel="noopener noreferrer">
                  {t('getKey')}
                  <ExternalLink aria-hidden />
                  <span className="sr-only">{t('newTab')}</span>
                </a>
              </Button>
            )}
            <Button onClick={check} pending={pending}>
              {!pending && <PlugZap aria-hidden />}
              {t('check')}
            </Button>
          </div>
        )}
      </Field>
      <p className="text-[0.8125rem] text-muted">{t('checkHint')}</p>
      <CheckResult said={said} />
    </div>
  );
}

function EndpointFields({ index }: { index: number }) {
  const t = useTranslations('providers.form');
  const { register, formState } = useFormContext<ProvidersFormValues>();
  const errors = formState.errors.providers?.[index];
  const [endpointProblem, headerProblem] = [problemOf(errors?.endpoint), problemOf(errors?.headerName)];
  return (
    <>
      <Field
        label={t('endpoint')}
        required
        hint={t('endpointHint')}
        error={endpointProblem && t(`errors.${endpointProblem}`)}
      >
        {(control) => <Input {...control} {...register(`providers.${index}.endpoint`)} type="url" autoComplete="off" />}
      </Field>
      <Field label={t('headerName')} hint={t('headerNameHint')} error={headerProblem && t(`errors.${headerProblem}`)}>
        {(control) => (
          <Input
            {...control}
            {...register(`providers.${index}.headerName`)}
            placeholder="Authorization"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
    </>
  );
}
