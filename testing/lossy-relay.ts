import { connect, createServer } from 'node:net';
import { listen } from './listen.ts';

export type LossyRelay = Awaited<ReturnType<typeof startLossyRelay>>;

/** Stands between a client and its database, and can lose what the database answers to a commit. */
export async function startLossyRelay(databaseUrl: string) {
  const target = new URL(databaseUrl);
  let losing = false;
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    let lost = false;
    client.on('data', (chunk) => {
      lost ||= losing && chunk.includes('COMMIT');
      database.write(chunk);
    });
    // With the answer: the change is made.
    database.on('data', (chunk) => (lost ? client.destroy() : client.write(chunk)));
    client.on('error', () => {}).on('close', () => database.destroy());
    database.on('error', () => {}).on('close', () => client.destroy());
  });
  const { port, close } = await listen(server);
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.href,
    loseCommits(on: boolean) {
      losing = on;
    },
    close,
  };
}
