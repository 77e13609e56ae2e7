import { ClientConnection } from './client-connection.ts';
import { assertAsExpected, type JobOf, type Outcomes } from './job.ts';
import { quantile } from './quantile.ts';

/** Keeps every connection busy until the time is up; the stand-in for `wrk` where that is missing. */
export function runClosedLoop(job: JobOf<'closed-loop'>): Promise<Outcomes['closed-loop']> {
  const { target, durationMs } = job;
  const connections = Array.from({ length: job.connections }, () => new ClientConnection(target.origin));
  const latenciesUs: number[] = [];
  const startedAt = performance.now();
  let busy = job.connections;
  let sent = 0;

  const { promise, resolve, reject } = Promise.withResolvers<Outcomes['closed-loop']>();
  const finish = () => {
    resolve({
      requests: latenciesUs.length,
      seconds: (performance.now() - startedAt) / 1_000,
      latencyP50Us: quantile(latenciesUs, 0.5),
      latencyP99Us: quantile(latenciesUs, 0.99),
    });
  };
  const send = (connection: ClientConnection) => {
    const sentAt = performance.now();
    connection.send(target.requests[sent++ % target.requests.length] ?? '', {
      onEnd(status, bodyBytes) {
        assertAsExpected(target, status, bodyBytes);
        latenciesUs.push((performance.now() - sentAt) * 1_000);
        if (performance.now() - startedAt < durationMs) send(connection);
        else if (--busy === 0) finish();
      },
      onFailure: reject,
    });
  };
  for (const connection of connections) send(connection);
  return promise.finally(() => {
    for (const connection of connections) connection.close();
  });
}
