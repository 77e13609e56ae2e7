import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { LOCALE_COOKIE, LOCALES, THEME_COOKIE } from '#lib/i18n/locales.ts';
import { addTokens, test } from './support/test.ts';
import { tokenViews } from './support/token-views.ts';
import type { View } from './support/view.ts';
import { viewsOf } from './support/views.ts';

for (const locale of LOCALES) {
  for (const theme of ['light', 'dark']) {
    test.describe(`${locale}, ${theme}`, () => {
      test.beforeEach(async ({ page, tenant, data, product }) => {
        test.setTimeout(600_000);
        await addTokens(data, tenant, ['token-user01']);
        // So that there is one to review.
        await data.db.authenticationToken.updateMany({
          where: { gatewayId: tenant.gateway.id },
          data: { createdAt: new Date('2020-01-01') },
        });
        await page.context().addCookies([
          { name: LOCALE_COOKIE, value: locale, url: product.origin },
          { name: THEME_COOKIE, value: theme, url: product.origin },
        ]);
        // Colours are judged as they are in the end, not on their way there.
        await page.emulateMedia({ reducedMotion: 'reduce' });
      });

      test('axe finds nothing on any page or dialog around the token tab', async ({ page, tenant }) => {
        const found = await lookThrough(page, viewsOf(locale, tenant));
        await page.context().clearCookies({ name: 'latchkey.session' });
        const signingIn = { name: 'signing in', open: async () => void (await page.goto('/sign-in')) };
        expect([...found, ...(await lookThrough(page, [signingIn]))]).toEqual([]);
      });

      test('axe finds nothing on the token tab or any of its popups', async ({ page, tenant }) => {
        expect(await lookThrough(page, tokenViews(locale, tenant))).toEqual([]);
      });
    });
  }
}

async function lookThrough(page: Page, views: View[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name, open } of views) {
    await open(page);
    // A page that is brought up to date is without its title for a moment, while that is on its way.
    await expect(page).toHaveTitle(/Latchkey/);
    found.push(...(await findViolations(page)).map((violation) => `${name}: ${violation}`));
  }
  return found;
}

async function findViolations(page: Page): Promise<string[]> {
  // A menu is drawn outside the page's landmarks, and says itself what it is.
  const rulesOff = (await page.getByRole('menu').isVisible()) ? ['region'] : [];
  // In the page itself, which has no frames of other origins, and without a report of what is well.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.disableRules(rulesOff).analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
