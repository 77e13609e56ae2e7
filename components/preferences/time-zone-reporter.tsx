'use client';

import { useRouter } from 'next/navigation';
import { useTimeZone } from 'next-intl';
import { useEffect } from 'react';
import { setPreference } from '#components/preferences/preference-cookie.ts';
import { TIME_ZONE_COOKIE } from '#lib/i18n/locales.ts';

/**
 * Tells the server the reader's time zone. It stands on the sign-in page, too, which shows no times: so the first
 * page that does is right at once.
 */
export function TimeZoneReporter() {
  const router = useRouter();
  const serverZone = useTimeZone();
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone === serverZone) return;
    setPreference(TIME_ZONE_COOKIE, zone);
    router.refresh();
  }, [router, serverZone]);
  return null;
}
