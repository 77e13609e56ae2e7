import { SERVER_SETTINGS } from '#lib/env.ts';

/** What any program asks of the machine and of who runs it. */
const SURROUNDINGS = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'TZDIR', 'TMPDIR', 'LD_LIBRARY_PATH'],
  // Windows.
  ...['TEMP', 'TMP', 'SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'USERPROFILE', 'APPDATA'],
];

/** What Node, Next and the database's client read by themselves. */
const OF_LIBRARIES = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'OPENSSL_CONF', 'UV_THREADPOOL_SIZE', 'NO_COLOR', 'FORCE_COLOR'];

const SURROUNDING_FAMILIES = /^LC_/;
const LIBRARY_FAMILIES = /^(NODE|NEXT|NEXTAUTH)_|^PG[A-Z]+$/;

/**
 * The environment of a program that knows nothing of Latchkey. Processes are given what they need by name, and not what
 * is there: a password in the environment can be read by all that an administrator of the machine looks at, and by
 * whoever gets into one of them.
 */
export function bareEnvironment(): NodeJS.ProcessEnv {
  return pick((name) => SURROUNDINGS.includes(name) || SURROUNDING_FAMILIES.test(name));
}

/** The environment of a process that serves: with the settings of `SERVER_SETTINGS` that are set. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const named = [...OF_LIBRARIES, ...SERVER_SETTINGS];
  return { ...bareEnvironment(), ...pick((name) => named.includes(name) || LIBRARY_FAMILIES.test(name)) };
}

/**
 * Leaves this process, and with it each that cluster forks, which always inherits, with what `serverEnvironment` names.
 *
 * @param databaseUrl the one of its own role.
 */
export function shedEnvironment(databaseUrl: string): void {
  // Of npm a process is told by the environment alone; see `isNpmScript`.
  const kept = { ...serverEnvironment(), ...pick((name) => name === 'NPM_LIFECYCLE_EVENT'), DATABASE_URL: databaseUrl };
  for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name];
  process.env.DATABASE_URL = databaseUrl;
}

/** Names are compared in upper case, as Windows does. */
function pick(isWanted: (name: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => isWanted(name.toUpperCase())),
  ) as NodeJS.ProcessEnv;
}
