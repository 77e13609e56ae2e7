import { DEMO_GATEWAY_SLUG, type FirstRun } from '#lib/database/seed.ts';

type SummaryOptions = {
  consoleOrigin: string;
  /** Scheme and port of gateway addresses are those of the console's origin. */
  gatewayDomain: string;
  adminEmail: string;
  /** Whether `ADMIN_PASSWORD` is set. */
  passwordGiven: boolean;
  /** Null on later runs. */
  firstRun: FirstRun | null;
  demo: boolean;
};

/** What `npm start` says when everything answers: where to go, and a call to paste. */
export function describeStart(options: SummaryOptions): string {
  const { consoleOrigin, firstRun } = options;
  const lines = [
    '',
    'Latchkey is ready.',
    '',
    `  Console   ${consoleOrigin}`,
    `  Sign in   ${describeSignIn(options)}`,
  ];
  if (options.demo) {
    const { protocol, port } = new URL(consoleOrigin);
    const host = `${DEMO_GATEWAY_SLUG}.${options.gatewayDomain}${port && `:${port}`}`;
    const token = firstRun?.demoToken ?? 'YOUR_TOKEN';
    const hint = firstRun?.demoToken
      ? 'Call the demo gateway (the token is shown this once; the demo answers without a provider):'
      : `Call the demo gateway with a token from ${consoleOrigin} in place of YOUR_TOKEN:`;
    lines.push('', `  ${hint}`, '', curl(`${protocol}//${host}`, token));
    lines.push('', `  or, where names below ${options.gatewayDomain} do not resolve:`, '');
    lines.push(curl(`${consoleOrigin}/gateway/${DEMO_GATEWAY_SLUG}`, token));
  }
  return [...lines, '', '  Ctrl-C stops it.', ''].join('\n');
}

function describeSignIn({ adminEmail, passwordGiven, firstRun }: SummaryOptions): string {
  if (!firstRun) return passwordGiven ? 'as before (ADMIN_PASSWORD counts on the first run only)' : 'as before';
  if (firstRun.madePassword === null) return `${adminEmail}, with the password in ADMIN_PASSWORD`;
  return `${adminEmail}   password ${firstRun.madePassword}   (shown this once)`;
}

function curl(base: string, token: string): string {
  return `  curl -X POST ${base}/deepseek/deepseek-chat/chat/completions \\
    --header 'Authorization: Bearer ${token}' \\
    --header 'Content-Type: application/json' \\
    --data '{"model": "deepseek-chat", "messages": [{"role": "user", "content": "What is AI?"}]}'`;
}
