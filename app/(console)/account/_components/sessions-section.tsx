'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Button } from '#components/ui/button.tsx';
import { useAttempt } from '#components/ui/use-attempt.ts';
import { ProblemNotice } from '../../_components/problem-notice.tsx';
import { endOtherSessionsAction } from '../actions.ts';
import { AccountSection } from './account-section.tsx';

export function SessionsSection({ email }: { email: string }) {
  const t = useTranslations('account.sessions');
  const { run, pending, problem } = useAttempt(async () => {
    const result = await endOtherSessionsAction();
    if (!result.ok) return result.code;
    toast.success(t('ended'));
    return null;
  });
  return (
    <AccountSection title={t('title')} text={t('text')}>
      <ProblemNotice problem={problem} text={(code) => t(`errors.${code}`)} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <Button onClick={run} pending={pending}>
          {t('endOthers')}
        </Button>
        <Link href={`/audit?${new URLSearchParams({ q: email })}`} className="text-accent hover:underline">
          {t('trail')}
        </Link>
      </div>
    </AccountSection>
  );
}
