'use client';

import { ErrorState } from '#components/ui/error-state.tsx';

/** Keeps the shell around a page that failed. */
export default function ConsoleError({ retry }: { retry: () => void }) {
  return <ErrorState onRetry={retry} />;
}
