'use client';

import { useTranslations } from 'next-intl';
import { Field } from '#components/ui/field.tsx';
import { WarningNotice } from '#components/ui/notice.tsx';
import { MOST_CORS_ORIGINS } from '#lib/gateways/cors-origins.ts';
import type { useCorsOrigins } from './use-cors-origins.ts';

/** From which origins web pages may call the gateway, and what it means when all may. */
export function CorsOriginsField({ cors }: { cors: ReturnType<typeof useCorsOrigins> }) {
  const t = useTranslations('gateway.configure.cors');
  const { problem } = cors;
  const error = problem ? t(`errors.${problem.code}`, { entry: problem.entry, most: MOST_CORS_ORIGINS }) : undefined;
  return (
    <div className="flex flex-col gap-2 rounded-lg border bg-surface p-4 wrap-anywhere">
      <Field label={t('label')} hint={t('hint')} error={error}>
        {(control) => (
          <textarea
            {...control}
            ref={cors.fieldRef}
            name="corsOrigins"
            rows={3}
            value={cors.text}
            onChange={(event) => cors.change(event.target.value)}
            placeholder="https://app.example.com"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="w-full rounded-md border border-control bg-surface px-3 py-2 font-mono text-sm placeholder:text-muted aria-invalid:border-danger max-sm:text-base"
          />
        )}
      </Field>
      {cors.allowsAll && <WarningNotice>{t('allWarning')}</WarningNotice>}
    </div>
  );
}
