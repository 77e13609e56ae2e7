import { logger } from '#lib/logger.ts';
import type { CallRecord } from './call-record.ts';

/** One line a call. Fields that a call has nothing for are left out. */
export function logCall(record: CallRecord): void {
  if (!logger.isLevelEnabled('info')) return;
  logger.info(
    {
      id: record.id,
      client: record.client,
      traceId: record.traceId ?? undefined,
      method: record.method,
      gateway: record.slug,
      gatewayId: record.gatewayId ?? undefined,
      tokenId: record.tokenId ?? undefined,
      provider: record.provider ?? undefined,
      model: record.model ?? undefined,
      status: record.status,
      code: record.code ?? undefined,
      end: record.end === 'complete' ? undefined : record.end,
      ms: tenths(record.endedAt - record.startedAt),
      gatewayMs: tenths(record.gatewayMs),
      firstByteMs: tenths(record.firstByteMs),
      receiveMs: tenths(record.receiveMs),
      bytesIn: record.requestBytes ?? undefined,
      bytesOut: record.responseBytes,
    },
    'call',
  );
}

function tenths(milliseconds: number | null): number | undefined {
  return milliseconds === null ? undefined : Math.round(milliseconds * 10) / 10;
}
