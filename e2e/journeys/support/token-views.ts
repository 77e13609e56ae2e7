import { expect, type Page } from '@playwright/test';
import type { Locale } from '#lib/i18n/locales.ts';
import { generateToken } from '#lib/tokens/secret.ts';
import en from '#messages/en.json' with { type: 'json' };
import vi from '#messages/vi.json' with { type: 'json' };
import type { Tenant } from './test.ts';
import { button, click, go, type View } from './view.ts';

type Messages = Pick<typeof en, 'tokens' | 'dataTable' | 'deleteDialog' | 'shortcuts'>;

const TOKEN = 'token-user01';

/** The Authentication token tab and its popups, in the reader's language. They need a token of this name. */
export function tokenViews(locale: Locale, tenant: Tenant): View[] {
  const messages = { en, vi }[locale];
  const base = `/gateways/${tenant.gateway.id}/tokens`;
  return [
    ...tableViews(messages, base),
    ...creationViews(messages, base),
    ...lifeViews(messages, base),
    ...connectionViews(messages, base),
  ];
}

function tableViews({ tokens, dataTable, shortcuts }: Messages, base: string): View[] {
  const search = (text: string) => async (page: Page) => {
    await go(base)(page);
    await page.getByRole('textbox', { name: tokens.search }).fill(text);
    await page.keyboard.press('Enter');
  };
  return [
    { name: 'tokens', open: go(base) },
    { name: 'no token found', open: go(`${base}?q=nothing-like-this`) },
    { name: 'columns', open: click(base, dataTable.columns) },
    { name: 'shortcuts', open: click(base, shortcuts.title) },
    {
      name: 'whose token it is',
      async open(page) {
        await search(generateToken())(page);
        await expect(page.getByRole('dialog')).toContainText(tokens.find.unknown);
      },
    },
  ];
}

function creationViews({ tokens }: Messages, base: string): View[] {
  const fill = async (page: Page, name: string) => {
    await page.getByRole('dialog').getByRole('textbox').first().fill(name);
  };
  const submit = (page: Page) => page.getByRole('dialog').locator('[type=submit]').click();
  const question: View['open'] = async (page) => {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('alertdialog')).toBeVisible();
  };
  return [
    { name: 'creating a token', open: click(base, tokens.create.open) },
    {
      name: 'a token that was created',
      async open(page) {
        await click(base, tokens.create.open)(page);
        await fill(page, 'token-user02');
        await submit(page);
        await button(page, tokens.created.showCode).click();
      },
    },
    { name: 'the question before a token is lost', open: question },
    {
      name: 'creating several with mistakes',
      async open(page) {
        await click(base, tokens.create.open)(page);
        await button(page, tokens.create.several).click();
        await fill(page, 'token-many01 … token-many12\ntwice\ntwice');
        await submit(page);
        await expect(page.getByText(tokens.create.errors.duplicate)).toBeVisible();
      },
    },
    {
      name: 'several that were created',
      async open(page) {
        await fill(page, 'token-many01 … token-many12');
        await submit(page);
        await expect(page.getByText(tokens.created.titleMany)).toBeVisible();
      },
    },
  ];
}

function lifeViews({ tokens, deleteDialog }: Messages, base: string): View[] {
  const { life } = tokens;
  const menu = click(`${base}?q=${TOKEN}`, life.menu.replace('{name}', TOKEN));
  const choose = (item: string) => async (page: Page) => {
    await menu(page);
    await page.getByRole('menuitem', { name: item, exact: true }).click();
    await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toBeVisible();
  };
  return [
    { name: 'what can be done with a token', open: menu },
    { name: 'setting an expiry', open: choose(life.expiry.open) },
    { name: 'rotating', open: choose(life.rotate.open) },
    {
      name: 'a rotated token',
      async open(page) {
        await choose(life.rotate.open)(page);
        await page.getByRole('radio', { name: life.rotate.day }).check();
        await button(page, life.rotate.submit).click();
        await expect(page.getByText(life.rotated.title)).toBeVisible();
      },
    },
    { name: 'ending an old secret', open: choose(life.endPrevious.open) },
    { name: 'deleting a token', open: click(`${base}?q=${TOKEN}`, tokens.deleteOne.replace('{name}', TOKEN)) },
    {
      name: 'a token that was deleted',
      async open(page) {
        await button(page, deleteDialog.confirm).click();
        await expect(page.getByRole('heading', { name: tokens.undo.title })).toBeVisible();
        await expect(page.locator('[data-sonner-toast]')).toBeVisible();
      },
    },
  ];
}

/** These are last: from here on the server seems to fail. */
function connectionViews({ dataTable }: Messages, base: string): View[] {
  const { offline, unreachable, sessionEnded, retry } = dataTable.connection;
  const notice = (page: Page, text: string) => page.getByText(text.split('<', 1).join('').trim());
  const cutOff: View['open'] = async (page) => {
    await go(base)(page);
    // A page that is not live yet does not hear of it.
    await expect(async () => {
      await page.evaluate(() => window.dispatchEvent(new Event('offline')));
      await expect(notice(page, offline)).toBeVisible({ timeout: 500 });
    }).toPass();
  };
  const failing = (status: number, text: string) => async (page: Page) => {
    await cutOff(page);
    await page.route('**/api/session', (route) => route.fulfill({ status }));
    await button(page, retry).click();
    await expect(notice(page, text)).toBeVisible();
  };
  return [
    { name: 'without a connection', open: cutOff },
    { name: 'a server that fails', open: failing(503, unreachable) },
    { name: 'a session that has ended', open: failing(401, sessionEnded) },
  ];
}
