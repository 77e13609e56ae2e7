import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { WarningNotice } from '#components/ui/notice.tsx';
import { ScrollRegion } from '#components/ui/scroll-region.tsx';
import type { Twin } from '#lib/tokens/look-alike.ts';

/** More of them scroll. */
const MOST_IN_SIGHT = 3;

/** Below a long list it would be out of sight, and the button beside it means that it was seen. */
function bringIntoSight(notice: HTMLElement | null): void {
  notice?.scrollIntoView({ block: 'nearest' });
}

/** Says which names look like others, and by which characters they can be told apart; read out as it appears. */
export function TwinsNotice({ twins }: { twins: Twin[] }) {
  const t = useTranslations('tokens.create.alike');
  const title = t('title', { count: twins.length });
  const list = <TwinsList twins={twins} />;
  return (
    <div role="alert" ref={bringIntoSight}>
      <WarningNotice>
        <p className="font-medium">{title}</p>
        {twins.length > MOST_IN_SIGHT ? (
          <ScrollRegion label={title} className="mt-2 max-h-40">
            {list}
          </ScrollRegion>
        ) : (
          list
        )}
      </WarningNotice>
    </div>
  );
}

function TwinsList({ twins }: { twins: Twin[] }) {
  const t = useTranslations('tokens.create.alike');
  const bdi = (text: ReactNode) => <bdi className="font-medium wrap-anywhere">{text}</bdi>;
  return (
    <ul className="mt-1 flex flex-col gap-2">
      {twins.map(({ name, twin, isListed, differences }) => (
        <li key={name}>
          <p>{t.rich(isListed ? 'likeListed' : 'likeExisting', { name, twin, bdi })}</p>
          {differences.map(({ given, other }) => (
            <p key={given + other}>
              {t.rich('difference', { given, givenCode: codesOf(given), other, otherCode: codesOf(other), bdi })}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** `U+0435`: what a screen reader can tell of two characters that sound the same. */
function codesOf(chars: string): string {
  const codes = Array.from(chars, (char) => (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0'));
  return codes.map((code) => `U+${code}`).join(' ');
}
