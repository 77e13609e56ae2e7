/** Next runs this once in each process that serves the console, also in `next dev` and where only Next can run. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  if (process.env.NODE_ENV === 'production') (await import('#lib/log/take-output.ts')).takeOutput();
  const [{ db }, { startTokenUpkeep }, { startSignInUpkeep }] = await Promise.all([
    import('#lib/db.ts'),
    import('#lib/tokens/upkeep.ts'),
    import('#lib/auth/upkeep.ts'),
  ]);
  startTokenUpkeep(db());
  startSignInUpkeep(db());
}
