import type { ReactNode } from 'react';
import { TimeZoneReporter } from '#components/preferences/time-zone-reporter.tsx';
import { ServerClock } from '#components/server-clock.tsx';
import { requireSession } from '#lib/auth/session.ts';
import { ConsoleHeader } from './_components/console-header.tsx';
import { Navigation } from './_components/navigation.tsx';

/** The shell. It asks for a session to show whose it is; every page below asks again for itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { accountId, email } = await requireSession();
  return (
    <div className="flex min-h-dvh flex-col">
      <TimeZoneReporter />
      <ConsoleHeader account={{ id: accountId, email }} />
      <div className="flex flex-1">
        <aside className="w-60 shrink-0 border-r bg-surface p-3 max-md:hidden">
          {/* Room below, so that a toast in the corner can be scrolled away from the last row. */}
          <div className="sticky top-17">
            <Navigation />
          </div>
        </aside>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 focus:outline-none">
          <div className="mx-auto max-w-[100rem] px-4 py-5 sm:px-8">
            <ServerClock now={new Date().toISOString()}>{children}</ServerClock>
          </div>
        </main>
      </div>
    </div>
  );
}
