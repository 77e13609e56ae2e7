import type { Targets } from '../probe.ts';
import { startMeter } from '../processes/meter.ts';
import { type Entrant, runClosedLoop, type Stage } from '../stage.ts';
import { type BenchCase, coresOf, oneByOne, type Sample } from './case.ts';

type LoopOptions = { name: string; description: string; target: keyof Targets; connections: number };

/** A case in which connections send one request after another as fast as they are answered. */
export function closedLoopCase({ name, description, target, connections }: LoopOptions): BenchCase {
  return {
    name,
    description: `${description}; ${connections} connections, each with its next request when it has its answer`,
    run: (stage, entrants) => oneByOne(entrants, (entrant) => measure(stage, entrant, target, connections)),
  };
}

async function measure(
  stage: Stage,
  entrant: Entrant,
  key: keyof Targets,
  connections: number,
): Promise<Sample | null> {
  const target = entrant.targets[key];
  if (!target) return null;
  const durationMs = stage.scale.closedLoopSeconds * 1_000;
  const job = { kind: 'closed-loop', target, connections, durationMs } as const;
  const passedBefore = await stage.upstream.countRequests();
  const stopMeter = await startMeter(stage, entrant);
  const { requests, seconds, latencyP50Us, latencyP99Us } = await runClosedLoop(stage, job);
  const usage = await stopMeter();
  const passed = (await stage.upstream.countRequests()) - passedBefore;
  assertPassed(entrant.name, passed, target.status === 200 ? requests : 0, connections);
  return {
    cpuUs: usage.contestantUs / requests,
    databaseUs: usage.databaseUs / requests,
    perSecond: requests / seconds,
    latencyP50Us,
    latencyP99Us,
    ...coresOf(usage),
  };
}

/** A good call reaches the upstream once, a refused one never. Those under way at the end may have reached it too. */
function assertPassed(name: string, passed: number, wanted: number, underWay: number): void {
  if (passed >= wanted && passed <= wanted + (wanted === 0 ? 0 : underWay)) return;
  throw new Error(`${name}: ${passed} requests reached the upstream, not ${wanted}`);
}
