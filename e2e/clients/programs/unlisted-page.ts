import { gateway, runCases, token } from './cases-in-page.ts';
import { expectEqual } from './expect-equal.ts';

await runCases({
  async 'a page of an origin that is not listed reads nothing'() {
    const read = await fetch(`${gateway}/v1/models`, { headers: { authorization: `Bearer ${token}` } }).then(
      ({ status }) => `an answer with ${status}`,
      ({ message }) => message,
    );
    expectEqual(read, 'Failed to fetch');
  },
});
