import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '#lib/auth/options.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * What of next-auth the console uses. Its own pages, `session` (which believes a cookie without asking the database)
 * and `signout` (which reports success when the session could not be ended) stay closed.
 */
const OPEN = { GET: ['csrf'], POST: ['callback/credentials'] };

async function handle(request: NextRequest, context: Context, open: string[]): Promise<Response> {
  const { nextauth } = await context.params;
  if (!open.includes(nextauth.join('/'))) return new Response(null, { status: 404 });
  return NextAuth(request, context, authOptions());
}

export const GET = (request: NextRequest, context: Context) => handle(request, context, OPEN.GET);

export const POST = (request: NextRequest, context: Context) => handle(request, context, OPEN.POST);
