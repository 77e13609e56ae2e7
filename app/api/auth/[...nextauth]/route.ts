import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { clientAddressOf } from '#lib/auth/client-address.ts';
import { authOptions, type SignInOutcome } from '#lib/auth/options.ts';
import { answerRefusal } from '#lib/auth/sign-in-answer.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * What of next-auth the console uses. Its own pages, `session` (which believes a cookie without asking the database)
 * and `signout` (which reports success when the session could not be ended) stay closed.
 */
const OPEN = { GET: ['csrf'], POST: ['callback/credentials'] };

async function handle(request: NextRequest, context: Context, open: string[]): Promise<Response> {
  const { nextauth } = await context.params;
  if (!open.includes(nextauth.join('/'))) return new Response(null, { status: 404 });
  const outcomes: SignInOutcome[] = [];
  const options = authOptions(clientAddressOf(request.headers), (outcome) => outcomes.push(outcome));
  const answer: Response = await NextAuth(request, context, options);
  return answerRefusal(outcomes[0]) ?? answer;
}

export const GET = (request: NextRequest, context: Context) => handle(request, context, OPEN.GET);

export const POST = (request: NextRequest, context: Context) => handle(request, context, OPEN.POST);
