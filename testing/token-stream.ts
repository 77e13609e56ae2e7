import type { ServerResponse } from 'node:http';
import type { GatewayWorld } from './gateway-world.ts';
import { RawConnection } from './raw-http.ts';

/** Opens a stream with a token; returns both ends, the head and one event sent. */
export async function openTokenStream(
  world: GatewayWorld,
  token: string,
): Promise<{ client: RawConnection; response: ServerResponse }> {
  const opened = new Promise<ServerResponse>((resolve) => {
    world.upstream.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
      resolve(response);
    });
  });
  const client = await RawConnection.open(world.server.port);
  client.write(world.rawHead(['Content-Length: 0', `Authorization: Bearer ${token}`], { token: false }));
  const response = await opened;
  await client.readUntil(/data: first/);
  return { client, response };
}
