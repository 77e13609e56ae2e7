import { useEffect, useEffectEvent } from 'react';
import { areShortcutsOff } from '#components/shortcuts/shortcut-preference.ts';

/** What a key does; `false` says that it did nothing, and leaves the key to the browser. */
export type ShortcutHandler = (event: KeyboardEvent) => boolean | undefined;

/** Dialogs and menus have keys of their own, and what is below them must not change unseen. */
const OPEN_LAYER = '[role="dialog"], [role="alertdialog"], [role="menu"]';

const TEXT_FIELD = 'input, textarea, select, [contenteditable="true"]';

/** Whether a dialog or a menu is open. */
export function isLayerOpen(): boolean {
  return document.querySelector(OPEN_LAYER) !== null;
}

/**
 * Lets keys do something on this page, by `KeyboardEvent.key`. Not while something is typed, a dialog or menu is open,
 * or another key is held; not by letters where the reader has turned that off (WCAG 2.2, 2.1.4).
 */
export function useShortcuts(handlers: Record<string, ShortcutHandler>): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    const handler = handlers[event.key];
    if (!handler || event.defaultPrevented || event.isComposing || hasModifier(event)) return;
    if (event.target instanceof Element && event.target.closest(TEXT_FIELD)) return;
    if (isLayerOpen() || (event.key.length === 1 && areShortcutsOff())) return;
    if (handler(event) !== false) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** Shift is not among them: it is how some keyboards make `?` and `/`. */
function hasModifier({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}
