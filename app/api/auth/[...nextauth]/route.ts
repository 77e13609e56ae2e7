import { cookies } from 'next/headers';
import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { admitSignIn } from '#lib/auth/admit-sign-in.ts';
import { authOptions, type SignInOutcome } from '#lib/auth/options.ts';
import { knownBrowserCookie, returnCookie } from '#lib/auth/session-cookie.ts';
import { answerMalformed, answerSignIn } from '#lib/auth/sign-in-answer.ts';
import { readSignInForm } from '#lib/auth/sign-in-form.ts';
import { visitorOf } from '#lib/auth/visitor.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * What of next-auth the console uses. Its own pages, `session` (which believes a cookie without asking the database)
 * and `signout` (which reports success when the session could not be ended) stay closed.
 */
const OPEN = { GET: 'csrf', POST: 'callback/credentials' };

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  if (!(await isOpen(context, OPEN.GET))) return new Response(null, { status: 404 });
  const options = authOptions(visitor(request), () => {});
  return NextAuth(await withoutReturnAddress(request), context, options);
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  if (!(await isOpen(context, OPEN.POST))) return new Response(null, { status: 404 });
  return admitSignIn(() => answerForm(request, context));
}

async function answerForm(request: NextRequest, context: Context): Promise<Response> {
  const form = await readSignInForm(request);
  if (!form) return answerMalformed();
  const outcomes: SignInOutcome[] = [];
  const options = authOptions(visitor(request), (outcome) => outcomes.push(outcome));
  const body = new URLSearchParams({ ...form, json: 'true' });
  const answer: Response = await NextAuth(await withoutReturnAddress(request, body), context, options);
  const [outcome] = outcomes;
  if (outcome && 'browser' in outcome) {
    const { name, options } = knownBrowserCookie();
    (await cookies()).set(name, outcome.browser, options);
  }
  return answerSignIn(outcome) ?? answer;
}

const visitor = ({ headers, cookies }: NextRequest) =>
  visitorOf(headers, cookies.get(knownBrowserCookie().name)?.value);

async function isOpen({ params }: Context, open: string): Promise<boolean> {
  return (await params).nextauth.join('/') === open;
}

/** next-auth answers an address to return to that it cannot read with 500. The sign-in page has its own way back. */
async function withoutReturnAddress(request: NextRequest, body?: URLSearchParams): Promise<NextRequest> {
  (await cookies()).delete(returnCookie().name);
  const headers = new Headers(request.headers);
  headers.delete('content-type');
  return new NextRequest(new URL(request.nextUrl.pathname, request.url), { method: request.method, headers, body });
}
