import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Locale } from '#lib/i18n/locales.ts';
import en from '#messages/en.json' with { type: 'json' };
import vi from '#messages/vi.json' with { type: 'json' };
import type { Tenant } from './test.ts';
import { button, click, go, type View } from './view.ts';

const MESSAGES = { en, vi };

/** Every page and dialog but the token tab's that somebody who is signed in can open, in the reader's language. */
export function viewsOf(locale: Locale, tenant: Tenant): View[] {
  return [...shellViews(locale, tenant), ...listViews(locale, tenant), ...tabViews(locale, tenant)];
}

function shellViews(locale: Locale, tenant: Tenant): View[] {
  const { preferences, shell } = MESSAGES[locale];
  const language = { en: 'English', vi: 'Tiếng Việt' }[locale];
  return [
    { name: 'languages', open: click('/audit', `${locale.toUpperCase()}, ${preferences.language}: ${language}`) },
    { name: 'themes', open: click('/audit', preferences.theme) },
    { name: 'account', open: click('/audit', `${shell.accountMenu}: ${tenant.email}`) },
    { name: 'audit', open: go('/audit') },
    { name: 'own account', open: go('/account') },
    { name: 'model providers', open: go('/model-providers') },
    { name: 'not found', open: go(`/gateways/${randomUUID()}/providers`) },
  ];
}

function listViews(locale: Locale, { gateway }: Tenant): View[] {
  const { gateways, providers } = MESSAGES[locale];
  return [
    { name: 'gateways', open: go('/gateways') },
    { name: 'no gateway found', open: go('/gateways?q=nothing-like-this') },
    { name: 'deleting a gateway', open: click('/gateways', gateways.deleteOne.replace('{name}', gateway.name)) },
    { name: 'creating a gateway', open: go('/gateways/new') },
    {
      name: 'creating a gateway with mistakes',
      async open(page) {
        await go('/gateways/new')(page);
        await button(page, providers.form.add).click();
        await page.getByRole('menuitem', { name: 'OpenAI', exact: true }).click();
        await button(page, gateways.create.submit).click();
        await expect(page.getByText(providers.form.errors.modelRequired)).toBeVisible();
      },
    },
  ];
}

function tabViews(locale: Locale, tenant: Tenant): View[] {
  const { gateway, providers } = MESSAGES[locale];
  const base = `/gateways/${tenant.gateway.id}`;
  return [
    { name: 'providers', open: go(`${base}/providers`) },
    { name: 'managing providers', open: click(`${base}/providers`, providers.manage.open) },
    { name: 'code', open: click(`${base}/providers`, 'deepseek-chat') },
    { name: 'configuring', open: click(`${base}/providers`, gateway.configure.open) },
    {
      name: 'configuring with a warning',
      async open(page) {
        await click(`${base}/providers`, gateway.configure.open)(page);
        await page.getByRole('switch').first().click();
        await button(page, gateway.configure.save).click();
        await expect(page.getByRole('alertdialog')).toBeVisible();
      },
    },
  ];
}
