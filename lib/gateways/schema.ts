import type { z } from 'zod';
import { tableQuerySchema } from '#lib/table/table-query.ts';

export const GATEWAY_SORT_COLUMNS = ['name', 'status', 'lastRequestAt'] as const;

export const gatewayQuerySchema = tableQuerySchema(GATEWAY_SORT_COLUMNS, { sort: 'name', order: 'asc' });

export type GatewayQuery = z.infer<typeof gatewayQuerySchema>;

/** A gateway as the console shows it. */
export type GatewayRow = {
  id: string;
  name: string;
  slug: string;
  status: 'ACTIVE' | 'DISABLED';
  /** False: anybody who knows the address may call its models. */
  authenticated: boolean;
  /** True: what was made at a provider is open to the token that made it only. */
  objectsByToken: boolean;
  /** The web origins whose pages may call it; `*` stands for all. */
  corsOrigins: string[];
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601; null when it was never called. Up to a minute behind. */
  lastRequestAt: string | null;
};

/** A gateway as far as its popups name it. */
export type NamedGateway = Pick<GatewayRow, 'id' | 'name'>;
