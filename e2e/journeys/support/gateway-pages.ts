import { expect, type Page } from '@playwright/test';

/** The pages of gateways, in the words of the reader. */
export function gatewayPages(page: Page) {
  const provider = (name: string) => page.getByRole('region', { name, exact: true });
  return {
    provider,
    nameField: page.getByLabel('AI Gateway name', { exact: false }).and(page.getByRole('textbox')),
    createButton: page.getByRole('button', { name: 'Create an AI Gateway' }),
    createdDialog: page.getByRole('dialog', { name: 'AI Gateway Authentication token created' }),
    manageButton: page.getByRole('button', { name: 'Manage Provider & Models' }),
    manageDialog: page.getByRole('dialog', { name: 'Connect Gateway to AI Models' }),
    configureButton: page.getByRole('button', { name: 'Configure' }),
    configureDialog: page.getByRole('dialog', { name: 'Configure AI Gateway' }),
    question: page.getByRole('alertdialog'),
    async addProvider(name: string) {
      await page.getByRole('button', { name: 'Add a provider' }).click();
      await page.getByRole('menuitem', { name, exact: true }).click();
    },
    async typeModel(providerName: string, model: string) {
      await provider(providerName).getByLabel('API models').fill(model);
      await provider(providerName).getByLabel('API models').press('Enter');
      await expect(provider(providerName).getByRole('button', { name: `Remove ${model}` })).toBeVisible();
    },
    /** Copies the code of a tab as it is shown; returns what the clipboard holds. */
    async copyCode(dialog: ReturnType<Page['getByRole']>, tab: string): Promise<string> {
      await dialog.getByRole('tab', { name: tab }).click();
      await dialog.getByRole('button', { name: 'Copy code' }).click();
      await expect(dialog.getByRole('button', { name: 'Copied code' })).toBeVisible();
      return page.evaluate(() => navigator.clipboard.readText());
    },
  };
}
