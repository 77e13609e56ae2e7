'use client';

import { Languages } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { setPreference } from '#components/preferences/preference-cookie.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '#components/ui/menu.tsx';
import { LOCALE_COOKIE, LOCALES } from '#lib/i18n/locales.ts';

/** Each language in its own words, for those who cannot read the present one. */
const NAMES = { en: 'English', vi: 'Tiếng Việt' } as const;

export function LanguageMenu() {
  const t = useTranslations('preferences');
  const locale = useLocale();
  const router = useRouter();

  function choose(value: string) {
    setPreference(LOCALE_COOKIE, value);
    router.refresh();
  }

  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          variant="ghost"
          className="px-2"
          aria-label={`${locale.toUpperCase()}, ${t('language')}: ${NAMES[locale]}`}
        >
          <Languages aria-hidden />
          <span aria-hidden>{locale.toUpperCase()}</span>
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuRadioGroup value={locale} onValueChange={choose}>
          {LOCALES.map((option) => (
            <MenuRadioItem key={option} value={option}>
              <span lang={option}>{NAMES[option]}</span>
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
