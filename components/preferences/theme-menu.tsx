'use client';

import { SunMoon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { setPreference } from '#components/preferences/preference-cookie.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '#components/ui/menu.tsx';
import { THEME_COOKIE, THEMES } from '#lib/i18n/locales.ts';

export function ThemeMenu() {
  const t = useTranslations('preferences');
  const [theme, setTheme] = useState('system');

  function choose(value: string) {
    setPreference(THEME_COOKIE, value);
    document.documentElement.dataset.theme = value;
  }

  return (
    // The truth is the attribute on <html>, which the server has written.
    <Menu onOpenChange={() => setTheme(document.documentElement.dataset.theme ?? 'system')}>
      <MenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={t('theme')} title={t('theme')}>
          <SunMoon aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuRadioGroup value={theme} onValueChange={choose}>
          {THEMES.map((option) => (
            <MenuRadioItem key={option} value={option}>
              {t(`themes.${option}`)}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
