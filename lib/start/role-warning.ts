import type { Part } from '#lib/database/roles.ts';
import { logger } from '#lib/logger.ts';

/** Tells an operator whose console or proxy may do anything in the database how that is put right. */
export function warnOfUnlimited(parts: readonly Part[]): void {
  if (parts.length === 0) return;
  logger.warn(
    { unlimited: parts },
    'what serves may do anything in the database: set MIGRATION_DATABASE_URL to the role that owns it, and ' +
      'DATABASE_URL and PROXY_DATABASE_URL to roles of their own, which are given what they need',
  );
}
