import { useLocale, useTranslations } from 'next-intl';
import { WarningNotice } from '#components/ui/notice.tsx';
import type { Preview } from './use-deletion-preview.ts';

/** More names than this are counted and not said. */
const MOST_SAID = 5;

/** Says which of the chosen tokens were used in the last hour: somebody will miss those. */
export function RecentUse({ preview }: { preview: Preview }) {
  const t = useTranslations('tokens.delete');
  const format = new Intl.ListFormat(useLocale(), { type: 'conjunction' });
  if (preview.is !== 'known') return <p className="text-muted">{t(`recent.${preview.is}`)}</p>;
  const { tokens, latest } = preview.facts.usedLastHour;
  const named = latest.slice(0, MOST_SAID).map(({ name }) => name);
  const rest = tokens - named.length;
  const names = format.format(rest > 0 ? [...named, t('recent.more', { count: rest })] : named);
  return (
    // Always there, so that what is found is read out.
    <div role="status">
      {tokens === 0 ? (
        <p className="text-muted">{t('recent.none')}</p>
      ) : (
        <WarningNotice>
          <span className="wrap-anywhere">{t('recent.some', { count: tokens, names })}</span>
        </WarningNotice>
      )}
    </div>
  );
}

/** How far a deletion of many has come. */
export function DeletionProgress({ done, of }: { done: number; of: number }) {
  const t = useTranslations('tokens.delete');
  const text = t('progress', { done, of });
  return (
    <div className="flex flex-col gap-1.5">
      <progress
        value={done}
        max={of}
        aria-label={text}
        className="h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
      />
      <p className="text-muted tabular-nums">{text}</p>
    </div>
  );
}
