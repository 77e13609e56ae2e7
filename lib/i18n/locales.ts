export const LOCALES = ['en', 'vi'] as const;

export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = 'en';

/** Preference cookies. Scripts read and write them; they hold nothing that is worth stealing. */
export const LOCALE_COOKIE = 'latchkey.locale';
export const THEME_COOKIE = 'latchkey.theme';
export const TIME_ZONE_COOKIE = 'latchkey.time-zone';

export const THEMES = ['light', 'dark', 'system'] as const;

export type Theme = (typeof THEMES)[number];

/** Whether Latchkey has texts in `value`. */
export function isLocale(value: string | undefined): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** Whether `value` is a theme that the style sheet knows. */
export function isTheme(value: string | undefined): value is Theme {
  return THEMES.some((theme) => theme === value);
}
