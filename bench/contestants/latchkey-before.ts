import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Contestant } from '../contestant.ts';

const checkout = process.env.BENCH_BEFORE ?? '';
const part = (name: string) => import(path.resolve(checkout, 'bench', name));

/** The proxy of an earlier commit, started by its own checkout, with a database of its own schema. */
export const contestant: Contestant = {
  name: 'latchkey-before',
  description: 'the proxy of the checkout that `BENCH_BEFORE` names',
  async prepare() {
    if (checkout === '') return { unavailable: 'BENCH_BEFORE names no checkout of an earlier commit, set up to run' };
    const { stdout } = await promisify(execFile)('git', ['-C', checkout, 'rev-parse', '--short', 'HEAD']);
    return { version: stdout.trim() };
  },
  async start(context) {
    const { openTenant } = await part('setup/tenant.ts');
    const { contestant } = await part('contestants/latchkey.ts');
    const workDir = path.join(context.workDir, 'before');
    await mkdir(workDir, { mode: 0o711 });
    const tenant = () => openTenant(workDir, context.upstreamOrigin, context.cleanup);
    return contestant.start({ ...context, workDir, tenant });
  },
};
