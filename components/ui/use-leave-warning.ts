import { useEffect, useEffectEvent } from 'react';

/**
 * Has the browser ask before this page is left or reloaded while something would be lost. The browser does not ask when
 * the Back button leads to another page of this console: then `onBack` does, and the way is stopped where it can be.
 */
export function useLeaveWarning(active: boolean, onBack?: () => void) {
  const stopsBack = onBack !== undefined;
  const ask = useEffectEvent(() => onBack?.());

  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const stop = (event: NavigateEvent) => {
      if (!stopsBack || event.navigationType !== 'traverse' || !event.cancelable) return;
      event.preventDefault();
      ask();
    };
    window.addEventListener('beforeunload', warn);
    window.navigation?.addEventListener('navigate', stop);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.navigation?.removeEventListener('navigate', stop);
    };
  }, [active, stopsBack]);
}
