import { ErrorNotice } from '#components/ui/notice.tsx';
import { OutcomeUnknownNotice } from './outcome-unknown.tsx';
import { SessionEndedNotice } from './session-ended-notice.tsx';

type ProblemNoticeProps<Problem> = {
  problem: Problem | 'sessionEnded' | 'outcomeUnknown' | null;
  /** Says it in words. */
  text: (problem: Problem) => string;
};

/** What kept a change from being made, or from being known; nothing where nothing did. */
export function ProblemNotice<Problem extends string>({ problem, text }: ProblemNoticeProps<Problem>) {
  if (problem === null) return null;
  if (problem === 'sessionEnded') return <SessionEndedNotice />;
  if (problem === 'outcomeUnknown') return <OutcomeUnknownNotice />;
  return <ErrorNotice>{text(problem)}</ErrorNotice>;
}
