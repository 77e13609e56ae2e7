import { childPids } from './child-processes.ts';
import type { GatewayWorld } from './gateway-world.ts';

/** The process that serves the world's gateway, where there is only one. */
export async function onlyWorker(world: GatewayWorld): Promise<number> {
  const pid = world.server.process.pid ?? 0;
  if (world.transport === 'next') return pid;
  const [worker, ...others] = await childPids(pid);
  if (worker === undefined || others.length > 0) throw new Error('one worker was wanted');
  return worker;
}

/** Has a process stand still while `work` is done: its clocks go on, and what it is sent waits for it. */
export async function whileAsleep<Result>(pid: number, work: () => Promise<Result>): Promise<Result> {
  process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}
