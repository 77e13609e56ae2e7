import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GatewayAdmins, openGatewayAdmins } from '#testing/gateway-admins.ts';
import { deleteGateways } from './delete-gateways.ts';

let admins: GatewayAdmins;
beforeAll(async () => {
  admins = await openGatewayAdmins();
});
afterAll(() => admins.close());

test('fifty deletions of one gateway at once have one effect and one audit row; its tokens go with it', async () => {
  const gatewayId = await admins.createOrFail('to-delete');
  const results = await Promise.all(
    Array.from({ length: 50 }, () => deleteGateways(admins.db, admins.mine, { ids: [gatewayId] })),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await admins.db.authenticationToken.count({ where: { gatewayId } })).toBe(0);
  const audit = await admins.db.auditEvent.findMany({ where: { subjectId: gatewayId, action: 'gateway.deleted' } });
  expect(audit).toHaveLength(1);
});

test("a deletion that names another account's gateway deletes nothing", async () => {
  const mine = await admins.createOrFail('not-yours');
  const theirs = await admins.createOrFail('own-one', [], admins.theirs);
  const result = await deleteGateways(admins.db, admins.theirs, { ids: [theirs, mine] });
  expect(result).toEqual({ ok: false, code: 'gatewaysNotFound' });
  expect(await admins.db.gateway.count({ where: { id: { in: [mine, theirs] } } })).toBe(2);
});
