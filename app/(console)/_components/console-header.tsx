import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { LanguageMenu } from '#components/preferences/language-menu.tsx';
import { ThemeMenu } from '#components/preferences/theme-menu.tsx';
import { Logo } from '#components/ui/logo.tsx';
import { type Account, AccountMenu } from './account-menu.tsx';
import { NavigationDrawer } from './navigation-drawer.tsx';

export async function ConsoleHeader({ account }: { account: Account }) {
  const t = await getTranslations('shell');
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-1 border-b bg-surface px-3 sm:px-4">
      <a
        href="#main"
        className="absolute top-2 left-2 z-10 rounded-md bg-accent px-3 py-2 text-accent-ink not-focus:sr-only"
      >
        {t('skipToContent')}
      </a>
      <NavigationDrawer />
      <Link href="/gateways" className="flex rounded-md">
        <Logo />
      </Link>
      <div className="ml-auto flex items-center gap-0.5">
        <LanguageMenu />
        <ThemeMenu />
        <AccountMenu account={account} />
      </div>
    </header>
  );
}
