import { type Browser, chromium as playwright } from '@playwright/test';
import { findBrowser } from '#scripts/find-browser.ts';
import playwrightConfig from '../../playwright.config.ts';
import type { Client, Outcome, Place } from './client.ts';
import { ANSWER } from './provider.ts';

export const chromium: Client = {
  name: 'Chromium',
  missing: () => (findBrowser() === undefined ? 'npx playwright install chromium' : null),
  async *drive(place) {
    const { deadProxyUrl, pages } = place;
    const browser = await playwright.launch({
      ...playwrightConfig.use?.launchOptions,
      // Playwright would send even loopback there.
      proxy: { server: deadProxyUrl, bypass: 'localhost,127.0.0.1,.localhost' },
    });
    try {
      yield* runInPage(browser, place, pages.listed, 'web-page.ts');
      yield* named('OpenAI SDK', runInPage(browser, place, pages.listed, 'openai.ts'));
      yield* named('Anthropic SDK', runInPage(browser, place, pages.listed, 'anthropic.ts'));
      yield* runInPage(browser, place, pages.unlisted, 'unlisted-page.ts');
    } finally {
      await browser.close();
    }
  },
};

/** Runs a program in a page of `origin`. */
async function* runInPage(browser: Browser, place: Place, origin: string, program: string): AsyncIterable<Outcome> {
  const { gateway, token } = place;
  const outcomes: Outcome[] = [];
  const page = await browser.newPage();
  await page.exposeFunction('reportOutcome', (outcome: Outcome) => void outcomes.push(outcome));
  await page.addInitScript(
    (given) => {
      globalThis.place = given;
    },
    { gateway, token, answer: ANSWER },
  );
  await page.goto(origin);
  const failure = await page
    .evaluate((url) => import(url), `/e2e/clients/programs/${program}`)
    .then(() => null, String);
  yield* outcomes;
  if (failure !== null) yield { what: `${program} runs to its end`, failure, endedAt: Date.now() };
  await page.close();
}

async function* named(name: string, outcomes: AsyncIterable<Outcome>): AsyncIterable<Outcome> {
  for await (const outcome of outcomes) yield { ...outcome, what: `${name}, ${outcome.what}` };
}
