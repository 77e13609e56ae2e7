'use client';

import { useTranslations } from 'next-intl';
import { useServerNow } from '#components/server-clock.tsx';
import { DateTime } from '#components/ui/date-time.tsx';
import { Input } from '#components/ui/input.tsx';
import { RadioChoice } from '#components/ui/radio-choice.tsx';
import { type ExpiryInput, LAST_EXPIRY_DAY, momentOf } from '#lib/tokens/expiry.ts';

const PRESETS = { '7': 7, '30': 30, '90': 90 } as const;

/** How an expiry is chosen: as it is, never, in so many days, or at the end of a day. */
export type ExpiryChoice =
  | { is: 'kept'; at: string }
  | { is: 'never' }
  | { is: keyof typeof PRESETS }
  | { is: 'date'; date: string };

type DateProblem = 'dateMissing' | 'datePast' | 'dateFar';

/**
 * What is to be asked for, or what is wrong with the date. One lasts until its end, where the reader is.
 *
 * @param now by the server's clock, ms since 1970.
 */
export function expiryOf(choice: ExpiryChoice, now: number): { expiresAt: ExpiryInput } | { problem: DateProblem } {
  if (choice.is === 'never') return { expiresAt: null };
  if (choice.is === 'kept') return { expiresAt: choice.at };
  if (choice.is !== 'date') return { expiresAt: { days: PRESETS[choice.is] } };
  if (choice.date === '') return { problem: 'dateMissing' };
  // A year of more than four digits has a sign or is longer, and compares wrongly.
  if (choice.date.length > LAST_EXPIRY_DAY.length || choice.date > LAST_EXPIRY_DAY) return { problem: 'dateFar' };
  const end = new Date(`${choice.date}T23:59:59.999`);
  return end.getTime() > now ? { expiresAt: end.toISOString() } : { problem: 'datePast' };
}

type ExpiryFieldProps = {
  /** What is so now, where it can be kept. */
  present?: Extract<ExpiryChoice, { is: 'kept' }>;
  choice: ExpiryChoice;
  onChange: (choice: ExpiryChoice) => void;
  /** Whether a wrong date is to be told. */
  tried: boolean;
};

/** As it is, never, 7, 30, 90 days, or a date; and what that means. */
export function ExpiryField({ present, choice, onChange, tried }: ExpiryFieldProps) {
  const t = useTranslations('tokens.life.expiry');
  const now = useServerNow()();
  const result = expiryOf(choice, now);
  const problem = tried && 'problem' in result ? result.problem : null;
  const until = 'expiresAt' in result ? momentOf(result.expiresAt, now) : undefined;
  const isOver = typeof until === 'string' && Date.parse(until) <= now;
  const options = [
    ...(present ? ([{ value: 'kept', label: t('kept') }] as const) : []),
    { value: 'never', label: t('never') },
    ...(['7', '30', '90'] as const).map((value) => ({ value, label: t('days', { count: PRESETS[value] }) })),
    { value: 'date', label: t('date') },
  ] as const;

  function choose(is: ExpiryChoice['is']) {
    if (is === 'kept') onChange(present ?? choice);
    else onChange(is === 'date' ? { is, date: '' } : { is });
  }

  return (
    <div className="flex flex-col gap-2">
      <RadioChoice label={t('label')} options={[...options]} value={choice.is} stacked onChange={choose} />
      {choice.is === 'date' && (
        <Input
          type="date"
          aria-label={t('dateLabel')}
          aria-invalid={problem !== null}
          max={LAST_EXPIRY_DAY}
          className="max-w-44"
          value={choice.date}
          onChange={(event) => onChange({ is: 'date', date: event.target.value })}
        />
      )}
      <p className="text-muted" aria-live="polite">
        {until && t.rich(isOver ? 'over' : 'until', { date: () => <DateTime value={until} /> })}
        {until === null && t('untilNever')}
      </p>
      {problem && (
        <p role="alert" className="text-danger">
          {t(`errors.${problem}`)}
        </p>
      )}
    </div>
  );
}
