import { expect, type Locator, type Page } from '@playwright/test';
import type { Tenant } from './test.ts';

/** Waits until the page's scripts run: a key that is pressed before is lost, as it would be for anybody. */
export async function untilKeysWork(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** The Authentication token tab, in the words of the reader. */
export function tokensTab(page: Page) {
  const row = (name: string): Locator => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
  const createDialog = page.getByRole('dialog', { name: 'Create AI Gateway Authentication token' });
  const createdDialog = page.getByRole('dialog', { name: 'AI Gateway Authentication token created' });
  return {
    row,
    createDialog,
    createdDialog,
    deleteDialog: page.getByRole('alertdialog'),
    createButton: page.getByRole('button', { name: 'Create authentication token' }),
    deleteButton: page.getByRole('button', { name: 'Delete', exact: true }),
    nameField: createDialog.getByLabel('Token name'),
    /** The names shown, in order. */
    names: () => page.locator('tbody bdi').allTextContents(),
    async open(tenant: Tenant, query = '') {
      await page.goto(`/gateways/${tenant.gateway.id}/tokens${query}`);
      await expect(page.getByRole('table')).toBeVisible();
    },
    async tick(name: string) {
      await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).click();
    },
    /** Creates a token, copies it, closes the popup; returns what the clipboard holds. */
    async create(name: string): Promise<string> {
      await this.createButton.click();
      await this.nameField.fill(name);
      await createDialog.getByRole('button', { name: 'Create' }).click();
      await createdDialog.getByRole('button', { name: 'Copy' }).click();
      await expect(createdDialog.getByText('Copied to the clipboard.')).toBeAttached();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      await createdDialog.getByRole('button', { name: 'Close' }).click();
      await expect(createdDialog).toBeHidden();
      return copied;
    },
  };
}
