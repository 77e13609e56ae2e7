import dns, { type LookupAddress } from 'node:dns';
import promises from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isIP } from 'node:net';
import { z } from 'zod';

/**
 * Loaded before everything else in a process (`--import`), it answers for a resolver: the file that `FALSE_NAMES` names
 * says which addresses names have. It is read at each question, so that a test can have them changed.
 */
const namesSchema = z.record(z.string(), z.array(z.string()));

function answersOf(hostname: string): LookupAddress[] | null {
  const file = process.env.FALSE_NAMES;
  const names = file ? namesSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const found = names[hostname.replace(/\.$/, '').toLowerCase()];
  return found?.map((address) => ({ address, family: isIP(address) })) ?? null;
}

const lookup = dns.lookup;
const lookupLater = promises.lookup;

Object.assign(dns, {
  lookup(hostname: string, options: dns.LookupAllOptions, callback: (error: null, found: LookupAddress[]) => void) {
    const found = answersOf(hostname);
    if (!found) return lookup(hostname, options, callback as never);
    setImmediate(callback, null, found);
  },
});
Object.assign(promises, {
  lookup: async (hostname: string, options: dns.LookupAllOptions) =>
    answersOf(hostname) ?? lookupLater(hostname, options),
});
syncBuiltinESMExports();
