'use client';

import { CircleUserRound, KeyRound, LogOut } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#components/ui/menu.tsx';
import { signOutAction } from '../actions.ts';
import { outcomeUnknownToast } from './outcome-unknown.tsx';

/** A whole new page, so that nothing of this user stays in memory. */
const toSignIn = () => window.location.assign('/sign-in');

export type Account = { id: number; email: string };

export function AccountMenu({ account }: { account: Account }) {
  const t = useTranslations('shell');

  async function leave() {
    try {
      const result = await signOutAction();
      if (result.ok) toSignIn();
      else if (result.code === 'unexpected') toast.error(t('signOutFailed'));
      else outcomeUnknownToast(toSignIn);
    } catch {
      outcomeUnknownToast(toSignIn);
    }
  }

  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" className="max-w-56 px-2" aria-label={`${t('accountMenu')}: ${account.email}`}>
          <CircleUserRound className="size-5!" aria-hidden />
          <span className="truncate max-lg:hidden">{account.email}</span>
        </Button>
      </MenuTrigger>
      <MenuContent className="w-64">
        <div className="border-b px-2.5 pt-1.5 pb-2.5">
          <p className="font-medium wrap-anywhere">{account.email}</p>
          <p className="text-muted">{t('account', { id: String(account.id) })}</p>
        </div>
        <MenuItem className="mt-1" asChild>
          <Link href="/account">
            <KeyRound aria-hidden />
            <span>
              {t('myAccount')}
              <span className="block text-xs text-muted">{t('myAccountHint')}</span>
            </span>
          </Link>
        </MenuItem>
        <MenuItem onSelect={leave}>
          <LogOut aria-hidden />
          <span>
            {t('signOut')}
            <span className="block text-xs text-muted">{t('signOutHint')}</span>
          </span>
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
