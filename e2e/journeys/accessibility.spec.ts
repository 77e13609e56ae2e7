import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { LOCALE_COOKIE, LOCALES, THEME_COOKIE } from '#lib/i18n/locales.ts';
import { addTokens, test } from './support/test.ts';
import { viewsOf } from './support/views.ts';

for (const locale of LOCALES) {
  for (const theme of ['light', 'dark']) {
    test(`axe finds nothing on any page or dialog: ${locale}, ${theme}`, async ({ page, tenant, data, product }) => {
      test.setTimeout(150_000);
      await addTokens(data, tenant, ['token-user01']);
      const context = page.context();
      await context.addCookies([
        { name: LOCALE_COOKIE, value: locale, url: product.origin },
        { name: THEME_COOKIE, value: theme, url: product.origin },
      ]);
      // Colours are judged as they are in the end, not on their way there.
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const found: string[] = [];
      for (const { name, open } of viewsOf(locale, tenant)) {
        await open(page);
        found.push(...(await findViolations(page)).map((violation) => `${name}: ${violation}`));
      }
      await context.clearCookies({ name: 'latchkey.session' });
      await page.goto('/sign-in');
      found.push(...(await findViolations(page)).map((violation) => `signing in: ${violation}`));
      expect(found).toEqual([]);
    });
  }
}

async function findViolations(page: Page): Promise<string[]> {
  // A menu is drawn outside the page's landmarks, and says itself what it is.
  const rulesOff = (await page.getByRole('menu').isVisible()) ? ['region'] : [];
  const { violations } = await new AxeBuilder({ page }).disableRules(rulesOff).analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
