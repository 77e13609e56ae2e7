import { z } from 'zod';
import { tableQuerySchema } from '#lib/table/table-query.ts';

/** Done to a user's way in, and in no gateway. */
export const ACCESS_ACTIONS = [
  'user.signed_in',
  'user.sign_in_failed',
  'user.sign_in_locked',
  'user.signed_out',
  'user.other_sessions_ended',
  'user.password_changed',
  'user.password_change_failed',
] as const;

export type AccessAction = (typeof ACCESS_ACTIONS)[number];

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
  ...ACCESS_ACTIONS,
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What somebody can cause who is not signed in. It is kept for some time only, so that it does not fill the table. */
export const STRANGERS_ACTIONS = ['user.sign_in_failed', 'user.sign_in_locked'] as const satisfies AccessAction[];

/** Who did what without being signed in. */
export const NOBODY = 'nobody';
/** Whoever has the machine, by a command. */
export const SYSTEM = 'system';

export const AUDIT_SORT_COLUMNS = ['at'] as const;

export const auditQuerySchema = tableQuerySchema(AUDIT_SORT_COLUMNS, { sort: 'at', order: 'desc' }).extend({
  /** Empty for all. */
  action: z.enum([...AUDIT_ACTIONS, '']).catch(''),
});

export type AuditQuery = z.infer<typeof auditQuerySchema>;

/** An audit event as the console shows it. */
export type AuditRow = {
  id: string;
  /** The user's e-mail at that time, `SYSTEM` or `NOBODY`. */
  actor: string;
  /** One of `AUDIT_ACTIONS`, unless another version of Latchkey wrote it. */
  action: string;
  subjectId: string;
  subjectName: string;
  /** Null where it is not known, in old rows of deleted tokens, and where there is none. */
  gatewayName: string | null;
  /** From where, and with what browser. Null where that is not recorded. */
  network: string | null;
  userAgent: string | null;
  /** ISO 8601. */
  at: string;
};
