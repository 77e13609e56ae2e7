import type { Server } from 'node:http';

const IDLE_CHECK_MS = 100;

/**
 * Stops accepting, lets open responses finish, and closes each connection once it is idle.
 *
 * @param timeoutMs after which what is still open is cut.
 * @returns whether everything finished in time.
 */
export async function drain(server: Server, timeoutMs: number): Promise<boolean> {
  let inTime = true;
  const deadline = setTimeout(() => {
    inTime = false;
    server.closeAllConnections();
  }, timeoutMs);
  // A connection that becomes idle later would otherwise stay for the whole keep-alive time.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(deadline);
  clearInterval(idle);
  return inTime;
}
