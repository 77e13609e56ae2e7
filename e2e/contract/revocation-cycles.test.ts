import { expect, test } from 'vitest';
import { runCycles } from '../../chaos/cycles.ts';
import { openStage } from '../../chaos/stage.ts';

test('30 tokens live and die with 8 workers, and none is accepted after its receipt', async () => {
  const stage = await openStage(8);
  const report = await runCycles(stage, 30, 24);
  expect(report).toMatchObject({ calls: 30 * 48, refusedTooEarly: 0, acceptedAfterReceipt: 0 });
  await stage.close();
});
