import { expect, type Page } from '@playwright/test';
import { THEME_COOKIE } from '#lib/i18n/locales.ts';
import { addTokens, test } from './support/test.ts';
import { tokenViews } from './support/token-views.ts';
import type { View } from './support/view.ts';
import { viewsOf } from './support/views.ts';

for (const theme of ['light', 'dark']) {
  test.describe(theme, () => {
    test.beforeEach(async ({ page, product }) => {
      test.setTimeout(600_000);
      await page.context().addCookies([{ name: THEME_COOKIE, value: theme, url: product.origin }]);
    });

    test('no page or dialog around the token tab asks for what its policy refuses', async ({ page, tenant }) => {
      const signingIn = {
        name: 'signing in',
        async open() {
          await page.context().clearCookies({ name: 'latchkey.session' });
          await page.goto('/sign-in');
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        },
      };
      const nowhere = { name: 'nowhere', open: async () => void (await page.goto('/nowhere')) };
      expect(await lookThrough(page, [...viewsOf('en', tenant), nowhere, signingIn])).toEqual([]);
    });

    test('nor does the token tab or any of its popups', async ({ page, tenant, data }) => {
      await addTokens(data, tenant, ['token-user01']);
      expect(await lookThrough(page, tokenViews('en', tenant))).toEqual([]);
    });
  });
}

/** What the browser refused at each, as it says so to the page and in its console. */
async function lookThrough(page: Page, views: View[]): Promise<string[]> {
  const refused: string[] = [];
  let shown = '';
  await page.exposeFunction('tellRefused', (what: string) => refused.push(`${shown}: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, target }) => {
      const at = target instanceof Element ? target.outerHTML.slice(0, 200) : '';
      Reflect.get(window, 'tellRefused')(`${effectiveDirective} ${blockedURI} ${sample} ${at}`);
    });
  });
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(`${shown}: ${message.text().slice(0, 300)}`);
  });
  for (const { name, open } of views) {
    shown = name;
    await open(page);
  }
  return refused;
}
