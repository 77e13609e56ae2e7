import { applyMigrations } from './migrations.ts';
import { grantRights } from './rights.ts';
import { type DatabaseUrls, makeEmbeddedRoles, type Part } from './roles.ts';

export type Prepared = {
  /** The names of the migrations that were applied now. */
  applied: string[];
  /** Those whose role no rights limit; see `grantRights`. */
  unlimited: Part[];
};

/**
 * Migrates the database, and gives console and proxy their rights.
 *
 * @param isEmbedded whether it is ours alone, roles included.
 * @throws what PostgreSQL or the engine throws.
 */
export async function prepareDatabase(urls: DatabaseUrls, isEmbedded: boolean): Promise<Prepared> {
  let unlimited: Part[] = [];
  const applied = await applyMigrations(urls.owner, async (client) => {
    if (isEmbedded) await makeEmbeddedRoles(client, urls);
    unlimited = await grantRights(client, urls);
  });
  return { applied, unlimited };
}
