/** What a function takes of this thread's time, in milliseconds: on a busy machine a clock on the wall says nothing. */
export function cpuMilliseconds(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
