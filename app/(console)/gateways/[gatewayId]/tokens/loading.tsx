import { TableSkeleton } from '#components/data-table/table-skeleton.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

export default function TokensLoading() {
  return (
    <div className="flex flex-col gap-3">
      <Skeleton className="my-0.5 w-80 max-w-full" />
      <TableSkeleton />
    </div>
  );
}
