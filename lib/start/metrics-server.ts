import { once } from 'node:events';
import { createServer } from 'node:http';
import { AggregatorRegistry, Registry } from 'prom-client';
import { AppError } from '#lib/errors.ts';
import type { WorkerReports } from './worker-reports.ts';

/**
 * Serves `/metrics`, summed over the workers, at an address of its own.
 *
 * @throws AppError `cannot_start` when that cannot be opened.
 */
export async function serveMetrics(port: number, host: string, reports: WorkerReports): Promise<void> {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404).end();
      return;
    }
    const text = await AggregatorRegistry.aggregate(await reports.collect()).metrics();
    response.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text);
  });
  server.listen(port, host);
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    const detail = `METRICS_PORT ${port} on ${host} cannot be opened (${cause.code}).`;
    throw new AppError('cannot_start', { cause, detail });
  });
  // It alone is no reason to go on.
  server.unref();
}
