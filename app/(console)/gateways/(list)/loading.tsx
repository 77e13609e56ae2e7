import { TablePageSkeleton } from '#components/data-table/table-page-skeleton.tsx';

export default function GatewaysLoading() {
  return <TablePageSkeleton />;
}
