import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { withProgress } from './progress.mjs';
import { runCommand } from './run-command.mjs';

/** First the one without a window: it does the same with a third less work. */
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium to test with, Playwright's own or the system's; undefined when there is none. */
export function findBrowser(): string | undefined {
  return [chromium.executablePath(), ...SYSTEM_BROWSERS].find((candidate) => existsSync(candidate));
}

/**
 * Makes sure that there is a browser: installs Playwright's, or where that cannot be downloaded the one of Debian.
 *
 * @throws saying what to install when neither works.
 */
export async function ensureBrowser(): Promise<void> {
  if (findBrowser()) return;
  const attempts: [string, string, string[]][] = [
    ["Installing Playwright's Chromium", 'npx', ['playwright', 'install', 'chromium']],
  ];
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    attempts.push(
      ['Updating the package lists', 'apt-get', ['update']],
      ...['chromium-headless-shell', 'chromium'].map((name): [string, string, string[]] => {
        return [`Installing Debian's ${name}`, 'apt-get', ['install', '-y', '--no-install-recommends', name]];
      }),
    );
  }
  const failures: string[] = [];
  for (const [label, command, args] of attempts) {
    await withProgress(label, () => runCommand(command, args)).catch((error: Error) => failures.push(error.message));
    if (findBrowser()) return;
  }
  throw new Error(
    `No Chromium for the browser tests. Install one (\`npx playwright install chromium\`, or as root ` +
      `\`apt-get install chromium\`) and run again.\n${failures.join('\n')}`,
  );
}
