import { expect, type Page } from '@playwright/test';

/** What can be seen of the console, and how it is brought up. */
export type View = { name: string; open: (page: Page) => Promise<void> };

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

export const go = (path: string) => async (page: Page) => {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // Not what stands for a page while it loads.
  await expect(page.locator('.animate-shimmer')).toHaveCount(0);
};

/** Opens a page anew, so that nothing is left of the view before, and what a button of it opens. */
export const click = (path: string, name: string) => async (page: Page) => {
  await go(path)(page);
  await button(page, name).click();
  await expect(page.getByRole('dialog').or(page.getByRole('alertdialog')).or(page.getByRole('menu'))).toBeVisible();
};
