import type { useTranslations } from 'next-intl';
import { AUDIT_ACTIONS, type AuditAction } from '#lib/audit/schema.ts';

/** The database knows actions by their codes, the reader by these texts. */
export function actionsNamed(t: ReturnType<typeof useTranslations<'audit'>>, q: string): AuditAction[] {
  const searched = q.toLowerCase();
  return AUDIT_ACTIONS.filter((action) => t(`actions.${action}`).toLowerCase().includes(searched));
}
