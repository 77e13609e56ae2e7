import { useTranslations } from 'next-intl';
import { ProblemNotice } from '../../../../../_components/problem-notice.tsx';

export type LifeProblem =
  | 'sessionEnded'
  | 'tokensNotFound'
  | 'rotatedMeanwhile'
  | 'noPreviousSecret'
  | 'invalid'
  | 'outcomeUnknown'
  | 'unexpected';

/** What went wrong with a change of one token, above the form that asked for it. */
export function LifeProblemNotice({ problem }: { problem: LifeProblem | null }) {
  const t = useTranslations('tokens.life.errors');
  return <ProblemNotice problem={problem} text={(code) => t(code === 'invalid' ? 'unexpected' : code)} />;
}
