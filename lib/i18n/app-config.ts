import type en from '#messages/en.json';
import type { Locale } from './locales.ts';

// A misspelt message key is a type error.
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof en;
  }
}
