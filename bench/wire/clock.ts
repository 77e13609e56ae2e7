/**
 * Microseconds of the machine's monotonic clock, which all its processes share: a difference between two processes'
 * readings is a duration. Below 10¹².
 */
export function nowUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return (seconds % 1_000_000) * 1_000_000 + nanoseconds / 1_000;
}
