import { useTranslations } from 'next-intl';
import { ErrorNotice } from '#components/ui/notice.tsx';

/** Leads to sign in beside this page and not instead of it, so that what was typed here stays. */
export function SessionEndedNotice() {
  const t = useTranslations('sessionEnded');
  return (
    <ErrorNotice>
      {t.rich('text', {
        link: (children) => (
          <a href="/sign-in" target="_blank" rel="noopener" className="font-semibold underline">
            {children}
          </a>
        ),
      })}
    </ErrorNotice>
  );
}
