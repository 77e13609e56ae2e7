import type { IncomingMessage, ServerResponse } from 'node:http';
import { sessionCookie } from '#lib/auth/session-cookie.ts';
import { MOST_CONSOLE_BODY_BYTES } from '#lib/proxy/console/console-plan.ts';

/** More than signing in takes. What is longer is for those who bring a session's cookie, were it a false one. */
const MOST_ANONYMOUS_BYTES = 16_384;

/** So many bodies that are longer are taken at once: Next keeps each whole before anybody is asked what it is for. */
const MOST_LARGE = 16;

/** Which bodies the console takes at all. It decides before Next, which reads to the end whatever comes. */
export class BodyGate {
  #large = 0;

  /** Answers a request whose body is not taken; returns whether it was one. */
  refuse({ headers }: IncomingMessage, response: ServerResponse): boolean {
    const length = Number(headers['content-length'] ?? 0);
    const isLarge = length > MOST_ANONYMOUS_BYTES;
    // Browsers know how long what they send is; what does not say it is refused with what is too long.
    const isTooLong = headers['transfer-encoding'] !== undefined || length > MOST_CONSOLE_BODY_BYTES;
    if (isTooLong || (isLarge && !headers.cookie?.includes(sessionCookie().name))) {
      // The rest of it is not waited for.
      response.writeHead(413, { connection: 'close' }).end('Payload too large.\n');
      return true;
    }
    if (!isLarge) return false;
    if (this.#large >= MOST_LARGE) {
      response.writeHead(503, { connection: 'close', 'retry-after': '1' }).end('Too busy; try again.\n');
      return true;
    }
    this.#large += 1;
    response.once('close', () => {
      this.#large -= 1;
    });
    return false;
  }
}
