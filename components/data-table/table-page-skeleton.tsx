import { TableSkeleton } from '#components/data-table/table-skeleton.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';

/** A page that is a heading and a table, on its way. */
export function TablePageSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <Skeleton className="w-32" />
        <Skeleton className="h-7 w-48" />
        <Skeleton className="w-96 max-w-full" />
      </div>
      <TableSkeleton />
    </div>
  );
}
