import { createColumnHelper } from '@tanstack/react-table';
import type { useTranslations } from 'next-intl';
import type { Column, Features } from '#components/data-table/features.ts';
import { DateTime } from '#components/ui/date-time.tsx';
import { AUDIT_ACTIONS, type AuditRow, NOBODY } from '#lib/audit/schema.ts';

const helper = createColumnHelper<Features, AuditRow>();

/** Ids of the columns are those that the server sorts by. */
export function auditColumns(t: ReturnType<typeof useTranslations<'audit'>>): Column<AuditRow>[] {
  return [
    helper.accessor('at', { header: t('columns.at'), cell: ({ getValue }) => <DateTime value={getValue()} /> }),
    helper.accessor('actor', {
      header: t('columns.actor'),
      enableSorting: false,
      cell: ({ row: { original } }) => (
        <div className="min-w-0">
          <p className="wrap-anywhere">{original.actor === NOBODY ? t('nobody') : original.actor}</p>
          {original.network && <p className="font-mono text-xs text-muted wrap-anywhere">{original.network}</p>}
          {original.userAgent && (
            <p className="line-clamp-2 max-w-72 text-xs text-muted wrap-anywhere" title={original.userAgent}>
              <bdi>{original.userAgent}</bdi>
            </p>
          )}
        </div>
      ),
    }),
    helper.accessor('action', {
      header: t('columns.action'),
      enableSorting: false,
      cell: ({ getValue }) => {
        const known = AUDIT_ACTIONS.find((action) => action === getValue());
        return <span className="font-medium">{known ? t(`actions.${known}`) : getValue()}</span>;
      },
    }),
    helper.accessor('subjectName', {
      header: t('columns.subject'),
      enableSorting: false,
      cell: ({ row: { original } }) => (
        <div className="min-w-0">
          <p className="line-clamp-2 wrap-anywhere" title={original.subjectName}>
            <bdi>{original.subjectName}</bdi>
          </p>
          <p className="truncate font-mono text-xs text-muted">{original.subjectId}</p>
        </div>
      ),
    }),
    helper.accessor('gatewayName', {
      header: t('columns.gateway'),
      enableSorting: false,
      cell: ({ row: { original }, getValue }) => {
        if (original.action.startsWith('user.')) return null;
        const name = getValue();
        // On phones there are no headers above the rows.
        return (
          <p className="wrap-anywhere">
            <span className="text-muted sm:hidden">{t('columns.gateway')}: </span>
            {name ?? <span className="text-muted">{t('gatewayUnknown')}</span>}
          </p>
        );
      },
    }),
  ];
}
