import { DEFAULT_LOCALE, isLocale, type Locale } from './locales.ts';

/**
 * The language for a reader: the one chosen before, else the first one in `Accept-Language` (RFC 9110 §12.5.4) that
 * there are texts in, by weight.
 */
export function negotiateLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map(parseLanguageRange)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wanted.map(({ language }) => language).find(isLocale) ?? DEFAULT_LOCALE;
}

function parseLanguageRange(range: string): { language: string; weight: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { language: tag.split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0 };
}

/**
 * A time zone that this machine knows, by the name that it was given: browsers and servers disagree on which of two
 * names of a zone is the right one. UTC for any other value, since the cookie may hold anything.
 */
export function knownTimeZone(zone = 'UTC'): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}
