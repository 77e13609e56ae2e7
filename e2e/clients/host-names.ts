import { spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The shell's first argument is the hosts file; what follows is the command. */
const WITH_HOSTS = 'mount --bind "$0" /etc/hosts && exec "$@"';

/**
 * What must stand before a command so that it can resolve `hostName`: nothing where the system does it, else on Linux
 * a mount namespace with a hosts file of its own. (RFC 6761 §6.3 wants names below `.localhost` to be loopback; C
 * libraries leave that to the system's resolver, which often does not.)
 *
 * @param directory where that hosts file is written.
 * @returns null where neither works.
 */
export async function prefixFor(hostName: string, directory: string): Promise<string[] | null> {
  const resolves = await lookup(hostName).then(
    () => true,
    () => false,
  );
  if (resolves) return [];
  if (process.platform !== 'linux') return null;
  const hostsFile = path.join(directory, 'hosts');
  await writeFile(hostsFile, `${await readFile('/etc/hosts', 'utf8')}\n127.0.0.1 ${hostName}\n`);
  const prefix = ['unshare', '--map-root-user', '--mount', 'sh', '-c', WITH_HOSTS, hostsFile];
  return (await succeeds([...prefix, 'true'])) ? prefix : null;
}

async function succeeds([file = '', ...args]: string[]): Promise<boolean> {
  const child = spawn(file, args, { stdio: 'ignore' });
  return once(child, 'close').then(
    ([code]) => code === 0,
    () => false,
  );
}
