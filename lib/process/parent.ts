const CHECK_EVERY_MS = 500;

/**
 * Calls back once when the process that started this one is gone. npm runs scripts through a shell, and a shell that
 * gets a signal ends without passing it on: what npm was asked to stop would run for ever.
 */
export function onceParentIsGone(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, CHECK_EVERY_MS);
  timer.unref();
}
