import { findSession } from '#lib/auth/session.ts';

/** Says whether this browser is still signed in, and nothing else: pages ask before they fetch themselves anew. */
export async function GET(): Promise<Response> {
  const status = (await findSession()) ? 204 : 401;
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } });
}
