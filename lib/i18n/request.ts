import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import en from '#messages/en.json' with { type: 'json' };
import vi from '#messages/vi.json' with { type: 'json' };
import { LOCALE_COOKIE, TIME_ZONE_COOKIE } from './locales.ts';
import { knownTimeZone, negotiateLocale } from './negotiate.ts';

const MESSAGES = { en, vi };

/** Language and time zone of a request, for next-intl. The addresses of pages are the same in every language. */
export default getRequestConfig(async () => {
  const jar = await cookies();
  const locale = negotiateLocale(jar.get(LOCALE_COOKIE)?.value, (await headers()).get('accept-language'));
  return { locale, messages: MESSAGES[locale], timeZone: knownTimeZone(jar.get(TIME_ZONE_COOKIE)?.value) };
});
