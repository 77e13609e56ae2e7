import { expect } from '@playwright/test';
import { test } from './support/test.ts';
import { tokensTab } from './support/tokens-tab.ts';

const DAY_MS = 86_400_000;

for (const years of [-20, 20]) {
  test(`with a browser's clock that is ${years} years off, expiries and ages are the server's`, async ({
    page,
    tenant,
    data,
  }) => {
    await page.clock.setFixedTime(Date.now() + years * 365 * DAY_MS);
    const tab = tokensTab(page);
    await page.goto(`/gateways/${tenant.gateway.id}/tokens`);
    await tab.createButton.click();
    await tab.nameField.fill('token-user01');
    await tab.createDialog.getByRole('radio', { name: 'in 7 days' }).check();
    await expect(tab.createDialog).toContainText(`It works until`);
    const moment = await tab.createDialog.locator('time').getAttribute('datetime');
    expect(Math.abs(Date.parse(moment ?? '') - Date.now() - 7 * DAY_MS)).toBeLessThan(DAY_MS / 24);
    const tomorrow = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
    for (const [date, refusal] of [
      ['', 'Choose a day.'],
      [new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10), 'Choose a day that is not over.'],
      ['9999-12-31', 'Choose a day before the year 9999, or never.'],
      ['275760-09-13', 'Choose a day before the year 9999, or never.'],
    ] as const) {
      await tab.createDialog.getByRole('radio', { name: 'on a date' }).check();
      await tab.createDialog.getByLabel('Last day').fill(date);
      await tab.createDialog.getByRole('button', { name: 'Create', exact: true }).click();
      await expect(tab.createDialog.getByRole('alert')).toHaveText(refusal);
    }
    await tab.createDialog.getByLabel('Last day').fill(tomorrow);
    await tab.createDialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(tab.createDialog).toBeHidden();
    const [token] = await data.db.authenticationToken.findMany({ where: { gatewayId: tenant.gateway.id } });
    expect(token?.expiresAt?.getTime()).toBeGreaterThan(Date.now());
    expect(token?.expiresAt?.getTime()).toBeLessThan(Date.now() + 2.5 * DAY_MS);
    await data.db.authenticationToken.updateMany({
      where: { gatewayId: tenant.gateway.id },
      data: { lastUsedAt: new Date(Date.now() - 3 * DAY_MS) },
    });
    await page.reload();
    await expect(tab.row('token-user01')).toContainText('3 days ago');
  });
}
