import { type NextRequest, NextResponse } from 'next/server';
import { REQUEST_PATH_HEADER } from '#lib/auth/return-path.ts';
import { contentSecurityPolicy } from '#lib/console/content-security-policy.ts';
import { refuseMisfit } from '#lib/console/refuse-misfit.ts';
import { env } from '#lib/env.ts';

/**
 * What every request to the console passes first: the origin check, and the headers that tell the browser what a
 * page may do. It decides nothing about sessions; pages, queries and actions do that themselves.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  // A gateway's host with a path that is no provider's; the gateway's route says so.
  if (isGatewayHost(request)) return NextResponse.next();
  if (!isSafe(request) && !isSameOrigin(request)) {
    return new NextResponse('Forbidden: this request did not come from the console.\n', { status: 403 });
  }
  const refused = await refuseMisfit(request);
  if (refused) return new NextResponse(refused.text, { status: refused.status });
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  // Next reads the nonce from here and puts it on its scripts and styles.
  headers.set('content-security-policy', policy);
  headers.set(REQUEST_PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  // Next compares the two again for actions, and would answer 500 where somebody in front has rewritten one.
  if (!isSafe(request)) headers.set('x-forwarded-host', new URL(request.headers.get('origin') ?? '').host);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of pageHeaders(env().CONSOLE_ORIGIN)) response.headers.set(name, value);
  return response;
}

/** What of the machine a page may use: the console copies, and nothing else. */
const UNUSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

function pageHeaders(consoleOrigin: string | undefined): [string, string][] {
  const headers: [string, string][] = [
    ['referrer-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['permissions-policy', UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', ')],
  ];
  // Of the host alone (RFC 6797): what else is below its name is not the console's to decide.
  if (consoleOrigin?.startsWith('https:')) headers.push(['strict-transport-security', 'max-age=31536000']);
  return headers;
}

// Next reads this as text, so it cannot be put together from the lists of the code.
export const config = {
  matcher: [
    {
      // Not the gateway's traffic by path: what passes here is buffered, and no browser sends it.
      source: '/((?!gateway/|_next/static/|icon\\.svg|favicon\\.ico).*)',
      missing: [{ type: 'host', value: 'user-[0-9]+-[a-z0-9_-]+\\..+' }],
    },
    {
      // Nor by host. A console may have a host that looks like a gateway's, but no page below these names.
      source:
        '/((?!(?:openai|anthropic|gemini|deepseek|openai-compatible|v1|v1alpha|v1beta|upload|download)/|gateway/|_next/static/|icon\\.svg|favicon\\.ico).*)',
    },
  ],
};

function isGatewayHost(request: NextRequest): boolean {
  const host = request.headers
    .get('host')
    ?.toLowerCase()
    .replace(/\.?(:\d+)?$/, '');
  return host?.endsWith(`.${env().GATEWAY_DOMAIN}`) ?? false;
}

function isSafe(request: NextRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

/** Browsers send `Origin` with every request that is neither GET nor HEAD (Fetch §3.2). */
function isSameOrigin(request: NextRequest): boolean {
  const origin = request.headers.get('origin');
  const { CONSOLE_ORIGIN } = env();
  if (CONSOLE_ORIGIN) return origin === CONSOLE_ORIGIN;
  return origin !== null && URL.parse(origin)?.host === request.headers.get('host');
}
