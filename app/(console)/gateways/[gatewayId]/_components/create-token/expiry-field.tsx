'use client';

import { useTranslations } from 'next-intl';
import { DateTime } from '#components/ui/date-time.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioChoice } from '#components/ui/radio-choice.tsx';

const DAY_MS = 86_400_000;

const PRESETS = { '7': 7, '30': 30, '90': 90 } as const;

/** How an expiry is chosen: never, in so many days, or at the end of a day. */
export type ExpiryChoice = { is: 'never' } | { is: keyof typeof PRESETS } | { is: 'date'; date: string };

/**
 * The moment that is meant, ISO 8601; null: never. A date lasts until its end, where the reader is.
 *
 * @returns undefined for a date that is missing, wrong or over.
 */
export function expiryOf(choice: ExpiryChoice): string | null | undefined {
  if (choice.is === 'never') return null;
  if (choice.is !== 'date') return new Date(Date.now() + PRESETS[choice.is] * DAY_MS).toISOString();
  const end = new Date(`${choice.date}T23:59:59.999`);
  return end.getTime() > Date.now() ? end.toISOString() : undefined;
}

type ExpiryFieldProps = {
  choice: ExpiryChoice;
  onChange: (choice: ExpiryChoice) => void;
  /** Whether a wrong date is to be told. */
  tried: boolean;
};

/** Never, 7, 30, 90 days, or a date; and what that means. */
export function ExpiryField({ choice, onChange, tried }: ExpiryFieldProps) {
  const t = useTranslations('tokens.life.expiry');
  const expiresAt = expiryOf(choice);
  const isWrong = tried && expiresAt === undefined;
  const options = [
    { value: 'never', label: t('never') },
    ...(['7', '30', '90'] as const).map((value) => ({ value, label: t('days', { count: PRESETS[value] }) })),
    { value: 'date', label: t('date') },
  ] as const;
  return (
    <div className="flex flex-col gap-2">
      <RadioChoice
        label={t('label')}
        options={[...options]}
        value={choice.is}
        stacked
        onChange={(is) => onChange(is === 'date' ? { is, date: '' } : { is })}
      />
      {choice.is === 'date' && (
        <Input
          type="date"
          aria-label={t('dateLabel')}
          aria-invalid={isWrong}
          className="max-w-44"
          value={choice.date}
          onChange={(event) => onChange({ is: 'date', date: event.target.value })}
        />
      )}
      <p className="text-muted" aria-live="polite">
        {expiresAt && t.rich('until', { date: () => <DateTime value={expiresAt} /> })}
        {expiresAt === null && t('untilNever')}
      </p>
      {isWrong && (
        <p role="alert" className="text-danger">
          {t('wrongDate')}
        </p>
      )}
    </div>
  );
}
