import type { Cell } from '#lib/table/csv.ts';
import type { AuditRow } from './schema.ts';

/** The columns of the audit log as a file. */
export const AUDIT_HEADER = [
  'at',
  'actor',
  'action',
  'subject_name',
  'subject_id',
  'gateway',
  'network',
  'user_agent',
  'id',
];

export function toAuditCells(row: AuditRow): Cell[] {
  const { at, actor, action, subjectName, subjectId, gatewayName, network, userAgent, id } = row;
  return [at, actor, action, subjectName, subjectId, gatewayName, network, userAgent, id];
}
