import { TablePageSkeleton } from '#components/data-table/table-page-skeleton.tsx';

export default function AuditLoading() {
  return <TablePageSkeleton />;
}
