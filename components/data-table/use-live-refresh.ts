import { useEffect, useEffectEvent } from 'react';
import { isLayerOpen } from '#components/shortcuts/use-shortcuts.ts';

const EVERY_MS = 15_000;

/**
 * Calls `refresh` every 15 seconds while the page is seen, and when it comes to be seen or online again. Never below
 * an open dialog or menu: what it is about must not change unseen.
 */
export function useLiveRefresh(refresh: () => void): void {
  const tick = useEffectEvent(() => {
    if (document.visibilityState === 'visible' && !isLayerOpen()) refresh();
  });
  useEffect(() => {
    const run = () => tick();
    const timer = setInterval(run, EVERY_MS);
    document.addEventListener('visibilitychange', run);
    window.addEventListener('online', run);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', run);
      window.removeEventListener('online', run);
    };
  }, []);
}
