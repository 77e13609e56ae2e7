import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { LanguageMenu } from '#components/preferences/language-menu.tsx';
import { ThemeMenu } from '#components/preferences/theme-menu.tsx';
import { TimeZoneReporter } from '#components/preferences/time-zone-reporter.tsx';
import { Logo } from '#components/ui/logo.tsx';
import { safeReturnPath } from '#lib/auth/return-path.ts';
import { findSession } from '#lib/auth/session.ts';
import { SignInForm } from './_components/sign-in-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('signIn');
  return { title: t('title') };
}

type SignInPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const t = await getTranslations('signIn');
  const returnPath = safeReturnPath((await searchParams).next);
  if (await findSession()) redirect(returnPath);
  return (
    <main className="grid min-h-dvh grid-rows-[auto_1fr] p-4">
      <TimeZoneReporter />
      <div className="flex justify-end gap-1">
        <LanguageMenu />
        <ThemeMenu />
      </div>
      <div className="mx-auto flex w-full max-w-sm flex-col justify-center gap-6 pb-[12vh]">
        <Logo className="self-center text-xl" />
        <section className="flex flex-col gap-5 rounded-xl border bg-surface p-6 shadow-raised sm:p-8">
          <div>
            <h1 className="text-lg font-semibold">{t('title')}</h1>
            <p className="text-muted">{t('subtitle')}</p>
          </div>
          <SignInForm returnPath={returnPath} />
        </section>
      </div>
    </main>
  );
}
