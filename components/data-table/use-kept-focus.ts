import { type RefObject, useEffect, useRef } from 'react';

/**
 * When the row that had the focus goes, because others have changed the table, the keyboard goes on at the table and
 * not at the top of the page.
 *
 * @returns what notes where the focus is; for `onFocus` and `onBlur` of the frame.
 */
export function useKeptFocus(frameRef: RefObject<HTMLElement | null>, rows: readonly unknown[]) {
  const focusedRef = useRef<Element | null>(null);
  useEffect(() => {
    const lost = focusedRef.current !== null && !focusedRef.current.isConnected;
    if (lost && document.activeElement === document.body) frameRef.current?.focus({ preventScroll: true });
  }, [frameRef, rows]);
  return {
    onFocus: (event: React.FocusEvent) => {
      focusedRef.current = event.target;
    },
    onBlur: (event: React.FocusEvent) => {
      // An element that is removed has no say: browsers send no blur, or one that leads nowhere.
      if (event.relatedTarget !== null) focusedRef.current = null;
    },
  };
}
