'use client';

import { ErrorState } from '#components/ui/error-state.tsx';

export default function RootError({ retry }: { retry: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <ErrorState onRetry={retry} />
    </main>
  );
}
