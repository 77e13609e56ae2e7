import type { z } from 'zod';
import { tableQuerySchema } from '#lib/table-query.ts';

export const GATEWAY_SORT_COLUMNS = ['name', 'status'] as const;

export const gatewayQuerySchema = tableQuerySchema(GATEWAY_SORT_COLUMNS, { sort: 'name', order: 'asc' });

export type GatewayQuery = z.infer<typeof gatewayQuerySchema>;

/** A gateway as the console shows it. */
export type GatewayRow = {
  id: string;
  name: string;
  slug: string;
  status: 'ACTIVE' | 'DISABLED';
  /** ISO 8601. */
  createdAt: string;
};
