/** @throws naming both when they differ. */
export function expectEqual(actual: unknown, expected: unknown): void {
  const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== wanted) throw new Error(`got ${is}, wanted ${wanted}`);
}
