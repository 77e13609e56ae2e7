'use client';

import { ErrorState } from '#components/ui/error-state.tsx';

/** Keeps the gateway's heading and tabs around a list that could not be read. */
export default function TokensError({ retry }: { retry: () => void }) {
  return <ErrorState onRetry={retry} />;
}
