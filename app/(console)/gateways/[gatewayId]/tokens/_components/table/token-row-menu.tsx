'use client';

import { CalendarClock, CircleOff, CirclePlay, MoreVertical, RefreshCw, Scissors, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#components/ui/menu.tsx';
import type { TokenRow } from '#lib/tokens/schema.ts';
import { useTokenLife } from '../life/token-life.tsx';

type TokenRowMenuProps = { token: TokenRow; onDelete: () => void };

/** What can be done with one token. */
export function TokenRowMenu({ token, onDelete }: TokenRowMenuProps) {
  const t = useTranslations('tokens.life');
  const tokens = useTranslations('tokens');
  const { ask, setStatus } = useTokenLife();
  const isDisabled = token.status === 'DISABLED';
  return (
    <div className="flex items-center gap-1">
      <Menu>
        <MenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={t('menu', { name: token.name })} title={t('more')}>
            <MoreVertical aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          <MenuItem onSelect={() => ask({ is: 'rotate', token })}>
            <RefreshCw aria-hidden />
            {t('rotate.open')}
          </MenuItem>
          {token.previous && (
            <MenuItem onSelect={() => ask({ is: 'endPrevious', token })}>
              <Scissors aria-hidden />
              {t('endPrevious.open')}
            </MenuItem>
          )}
          <MenuItem onSelect={() => ask({ is: 'expiry', token })}>
            <CalendarClock aria-hidden />
            {t('expiry.open')}
          </MenuItem>
          {token.status !== 'EXPIRED' && (
            <MenuItem onSelect={() => setStatus(token, isDisabled ? 'ACTIVE' : 'DISABLED')}>
              {isDisabled ? <CirclePlay aria-hidden /> : <CircleOff aria-hidden />}
              {isDisabled ? t('enable') : t('disable')}
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      <Button
        variant="dangerGhost"
        size="icon"
        aria-label={tokens('deleteOne', { name: token.name })}
        title={tokens('deleteOne', { name: token.name })}
        onClick={onDelete}
      >
        <Trash2 aria-hidden />
      </Button>
    </div>
  );
}
