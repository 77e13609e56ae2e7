import { type ChildProcess, fork } from 'node:child_process';

/**
 * Runs a Node module as a process of its own. It is in a group of its own, so that Ctrl-C reaches only the process that
 * supervises it, which ends its processes in order; it has an IPC channel, whose end tells it that the supervisor is
 * gone.
 */
export function launchModule(modulePath: string, env: NodeJS.ProcessEnv): ChildProcess {
  return fork(modulePath, {
    env,
    detached: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // Logs go to standard error; what libraries greet with on standard output is nobody's news.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}
