import type { APIResponse, Page } from '@playwright/test';

export type ActionCall = { url: string; headers: Record<string, string>; body: string };

/** Does `act`, which calls a server action, but keeps the call from the server: it is returned to be sent by hand. */
export async function interceptAction(page: Page, act: () => Promise<void>): Promise<ActionCall> {
  const isAction = (url: URL) => url.pathname.startsWith('/gateways');
  const caught = new Promise<ActionCall>((resolve) => {
    page.route(isAction, async (route, request) => {
      const action = request.headers()['next-action'];
      if (!action) return route.fallback();
      const { accept = '*/*', 'content-type': type = '' } = request.headers();
      const headers = { 'next-action': action, 'content-type': type, accept };
      resolve({ url: request.url(), headers, body: request.postData() ?? '' });
      await route.abort();
    });
  });
  await act();
  const call = await caught;
  await page.unroute(isAction);
  return call;
}

/** Sends a call with the page's cookies. Without `origin`, the header is missing. */
export function sendAction(page: Page, call: ActionCall, origin?: string): Promise<APIResponse> {
  return page.request.post(call.url, {
    headers: origin === undefined ? call.headers : { ...call.headers, origin },
    data: call.body,
  });
}
