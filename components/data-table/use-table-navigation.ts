import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';
import { useConnection } from '#components/data-table/use-connection.ts';
import { useLiveRefresh } from '#components/data-table/use-live-refresh.ts';
import { isLayerOpen } from '#components/shortcuts/use-shortcuts.ts';
import type { TableQuery } from '#lib/table/table-query.ts';

/** What of a view is to be another; filters are named as the table's parser names them. */
export type TableChange = Partial<TableQuery> & Record<string, string | number>;

/**
 * Moves between the views of a table by its address, and keeps the one that is shown up to date.
 *
 * @param askedPage the page that the server was asked for.
 * @param shownPage the page that it found; where the address names a later one, it is put right.
 */
export function useTableNavigation(askedPage: number, shownPage: number) {
  const router = useRouter();
  const pathname = usePathname();
  const searchParams = useSearchParams();
  const [pending, startTransition] = useTransition();
  const { connection, check } = useConnection();

  useEffect(() => {
    const parameters = new URLSearchParams(searchParams.toString());
    // Going back or forward changes the address before its rows are here: what is shown then answers another question.
    if (askedPage <= shownPage || parameters.get('page') !== String(askedPage)) return;
    parameters.set('page', String(shownPage));
    window.history.replaceState(null, '', `${pathname}?${parameters}`);
  }, [pathname, searchParams, askedPage, shownPage]);

  // No transition of ours: nobody has asked for it, so nothing shows that it is under way.
  useLiveRefresh(async () => {
    if ((await check()) && !isLayerOpen()) router.refresh();
  });

  // A change that is made while another is under way adds to it, though the address does not have that one yet.
  const wantedRef = useRef('');
  useEffect(() => {
    wantedRef.current = searchParams.toString();
  }, [searchParams]);

  function navigate(change: TableChange) {
    const parameters = new URLSearchParams(wantedRef.current);
    // Another order or search has another first page.
    for (const [name, value] of Object.entries({ page: 1, ...change })) parameters.set(name, String(value));
    if (parameters.get('page') === '1') parameters.delete('page');
    for (const [name, value] of [...parameters]) if (value === '') parameters.delete(name);
    wantedRef.current = parameters.toString();
    startTransition(async () => {
      // While all is well, a page is not asked for twice.
      if (connection !== 'live' && !(await check())) {
        wantedRef.current = searchParams.toString();
        return;
      }
      startTransition(() => router.push(`${pathname}?${parameters}`, { scroll: false }));
    });
  }

  function refresh() {
    startTransition(async () => {
      if (await check()) startTransition(() => router.refresh());
    });
  }

  return { pending, connection, navigate, refresh };
}
