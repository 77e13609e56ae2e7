import { useTranslations } from 'next-intl';
import { ErrorNotice } from '#components/ui/notice.tsx';
import { SessionEndedNotice } from '../../../../../_components/session-ended-notice.tsx';

export type LifeProblem =
  | 'sessionEnded'
  | 'tokensNotFound'
  | 'rotatedMeanwhile'
  | 'noPreviousSecret'
  | 'invalid'
  | 'unexpected';

/** What went wrong with a change of one token, above the form that asked for it. */
export function LifeProblemNotice({ problem }: { problem: LifeProblem | null }) {
  const t = useTranslations('tokens.life.errors');
  if (problem === null) return null;
  if (problem === 'sessionEnded') return <SessionEndedNotice />;
  return <ErrorNotice>{t(problem === 'invalid' ? 'unexpected' : problem)}</ErrorNotice>;
}
