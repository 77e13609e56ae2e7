import type { Page } from '@playwright/test';
import { type ActionCall, interceptAction } from './action-call.ts';
import { gatewayPages } from './gateway-pages.ts';
import type { Tenant } from './test.ts';
import { tokensTab } from './tokens-tab.ts';

/** The request that deleting these tokens sends, not sent yet. */
export async function catchDeletion(page: Page, tenant: Tenant, names: string[]): Promise<ActionCall> {
  const tab = tokensTab(page);
  await tab.open(tenant);
  for (const name of names) await tab.tick(name);
  await tab.deleteButton.click();
  return interceptAction(page, () => tab.deleteDialog.getByRole('button', { name: 'Delete' }).click());
}

/** The request that creating a token sends, not sent yet. */
export async function catchCreation(page: Page, tenant: Tenant, name: string): Promise<ActionCall> {
  const tab = tokensTab(page);
  await tab.open(tenant);
  await tab.createButton.click();
  await tab.nameField.fill(name);
  return interceptAction(page, () => tab.createDialog.getByRole('button', { name: 'Create' }).click());
}

/** The requests that configure, check, save providers of, and delete the tenant's gateway; not sent yet. */
export async function catchGatewayCalls(page: Page, { gateway }: Tenant): Promise<Record<string, ActionCall>> {
  const pages = gatewayPages(page);
  await page.goto(`/gateways/${gateway.id}/providers`);
  await pages.configureButton.click();
  await pages.configureDialog.getByRole('switch', { name: 'Authenticated Gateway' }).click();
  await pages.configureDialog.getByRole('button', { name: 'Save' }).click();
  const configure = await interceptAction(page, () => pages.question.getByRole('button', { name: 'Apply' }).click());
  await page.reload();
  await pages.manageButton.click();
  const check = await interceptAction(page, () =>
    pages.manageDialog.getByRole('button', { name: 'Check key' }).click(),
  );
  await pages.manageDialog.getByRole('button', { name: 'Remove deepseek-chat' }).click();
  const save = await interceptAction(page, () => pages.manageDialog.getByRole('button', { name: 'Save' }).click());
  await page.goto('/gateways');
  await page.getByRole('button', { name: `Delete ${gateway.name}` }).click();
  await pages.question.getByRole('textbox').fill(gateway.name);
  const remove = await interceptAction(page, () => pages.question.getByRole('button', { name: 'Delete' }).click());
  return { configure, check, save, remove };
}
