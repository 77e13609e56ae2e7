import { setPreference } from '#components/preferences/preference-cookie.ts';

const COOKIE = 'latchkey.shortcuts';

/** Whether the reader wants letters to do nothing by themselves. */
export function areShortcutsOff(): boolean {
  return document.cookie.split('; ').includes(`${COOKIE}=off`);
}

export function turnShortcuts(state: 'on' | 'off'): void {
  setPreference(COOKIE, state);
}
