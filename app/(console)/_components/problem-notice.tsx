import { ErrorNotice } from '#components/ui/notice.tsx';
import { SessionEndedNotice } from './session-ended-notice.tsx';

type ProblemNoticeProps<Problem> = {
  problem: Problem | 'sessionEnded' | null;
  /** Says it in words. */
  text: (problem: Problem) => string;
};

/** What kept a change from being made; nothing where nothing did. */
export function ProblemNotice<Problem extends string>({ problem, text }: ProblemNoticeProps<Problem>) {
  if (problem === null) return null;
  return problem === 'sessionEnded' ? <SessionEndedNotice /> : <ErrorNotice>{text(problem)}</ErrorNotice>;
}
