import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireSession } from '#lib/auth/session.ts';
import { Breadcrumbs } from '../_components/breadcrumbs.tsx';
import { PasswordSection } from './_components/password-section.tsx';
import { SessionsSection } from './_components/sessions-section.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('title') };
}

export default async function AccountPage() {
  const { accountId, email } = await requireSession();
  const t = await getTranslations('account');
  return (
    <div className="flex flex-col gap-6">
      <header className="flex flex-col gap-1.5">
        <Breadcrumbs trail={[{ label: t('title') }]} />
        <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
        <p className="max-w-prose text-muted text-pretty wrap-anywhere">
          {t('description', { email, id: String(accountId) })}
        </p>
      </header>
      <PasswordSection email={email} />
      <SessionsSection email={email} />
    </div>
  );
}
