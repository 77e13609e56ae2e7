import { z } from 'zod';
import { tableQuerySchema } from '#lib/table/table-query.ts';

/** What is recorded. Each has a text below `audit.actions`. */
export const AUDIT_ACTIONS = [
  'gateway.created',
  'gateway.deleted',
  'gateway.disabled',
  'gateway.enabled',
  'gateway.authentication_on',
  'gateway.authentication_off',
  'gateway.objects_by_token_on',
  'gateway.objects_by_token_off',
  'gateway.origin_allowed',
  'gateway.origin_removed',
  'gateway.providers_changed',
  'gateway.management_opened',
  'gateway.management_closed',
  'token.created',
  'token.deleted',
  'token.restored',
  'token.disabled',
  'token.enabled',
  'token.expiry_changed',
  'token.rotated',
  'token.previous_secret_ended',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_SORT_COLUMNS = ['at'] as const;

export const auditQuerySchema = tableQuerySchema(AUDIT_SORT_COLUMNS, { sort: 'at', order: 'desc' }).extend({
  /** Empty for all. */
  action: z.enum([...AUDIT_ACTIONS, '']).catch(''),
});

export type AuditQuery = z.infer<typeof auditQuerySchema>;

/** An audit event as the console shows it. */
export type AuditRow = {
  id: string;
  /** The user's e-mail at that time, or `system`. */
  actor: string;
  /** One of `AUDIT_ACTIONS`, unless another version of Latchkey wrote it. */
  action: string;
  subjectId: string;
  subjectName: string;
  /** Null where it is not known: in old rows of deleted tokens. */
  gatewayName: string | null;
  /** ISO 8601. */
  at: string;
};
