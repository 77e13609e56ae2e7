import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Generator } from '../load/generator.ts';
import type { Scale } from '../options.ts';
import type { Stage } from '../stage.ts';
import { Upstream } from '../upstream/upstream.ts';
import type { Cleanup } from './cleanup.ts';
import { ensureDebianTool } from './debian-tool.ts';
import { openTenant, type Tenant } from './tenant.ts';

/** Starts the upstream and the load generator, and makes a directory for everybody's files. */
export async function openStage(scale: Scale, cleanup: Cleanup): Promise<Stage> {
  const wrk = await ensureDebianTool('wrk', 'wrk');
  if (!wrk)
    console.error('There is no wrk: closed loops are made by Node, which lowers the throughput of fast contestants.');
  const making = mkdtemp(path.join(os.tmpdir(), 'latchkey-bench-'));
  cleanup.add(async () => rm(await making, { recursive: true, force: true }));
  const workDir = await making;
  // Some contestants run under an account of their own, which must be able to enter.
  await chmod(workDir, 0o711);

  const upstream = await Upstream.start(cleanup);
  let tenant: Promise<Tenant> | undefined;
  const openTenantOnce = () => {
    tenant ??= openTenant(workDir, upstream.origin, cleanup);
    return tenant;
  };
  const context = { upstreamOrigin: upstream.origin, workDir, cleanup, tenant: openTenantOnce };
  return { context, upstream, generator: new Generator(cleanup), wrk, scale };
}
