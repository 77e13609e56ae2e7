'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { DiscardDialog } from '#components/ui/discard-dialog.tsx';
import { useLeaveWarning } from '#components/ui/use-leave-warning.ts';

/** Where somebody was about to go: by a link, or back in the history. */
type Departure = { path: string } | { historyKey: string };

/** Asks before this page is left while it is active: by a link, the browser's Back, a reload, or a closed window. */
export function LeaveGuard({ active }: { active: boolean }) {
  const router = useRouter();
  const leavingRef = useRef(false);
  const [departure, setDeparture] = useState<Departure | null>(null);
  useLeaveWarning(active);

  useEffect(() => {
    if (!active) return;
    const askAtLink = (event: MouseEvent) => {
      const path = findPlainLink(event);
      if (path === null) return;
      event.preventDefault();
      // In the capture phase, so that the link itself never hears of the click.
      event.stopPropagation();
      setDeparture({ path });
    };
    const askAtTraversal = (event: NavigateEvent) => {
      if (event.navigationType !== 'traverse' || !event.cancelable || leavingRef.current) return;
      event.preventDefault();
      setDeparture({ historyKey: event.destination.key });
    };
    document.addEventListener('click', askAtLink, true);
    // Browsers without the Navigation API do not ask at Back.
    if ('navigation' in window) window.navigation.addEventListener('navigate', askAtTraversal);
    return () => {
      document.removeEventListener('click', askAtLink, true);
      if ('navigation' in window) window.navigation.removeEventListener('navigate', askAtTraversal);
    };
  }, [active]);

  function leave() {
    if (!departure) return;
    leavingRef.current = true;
    setDeparture(null);
    if ('path' in departure) router.push(departure.path);
    else window.navigation.traverseTo(departure.historyKey);
  }

  return <DiscardDialog open={departure !== null} onStay={() => setDeparture(null)} onLeave={leave} />;
}

/** The path of the link of this console that a click would follow in this window; null for any other click. */
function findPlainLink(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank') return null;
  const staysHere = link.pathname === window.location.pathname;
  return link.origin === window.location.origin && !staysHere ? link.pathname + link.search : null;
}
