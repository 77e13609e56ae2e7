import { Skeleton } from '#components/ui/skeleton.tsx';

export default function ProvidersLoading() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-28 rounded-lg" />
      <Skeleton className="w-96 max-w-full" />
      <Skeleton className="h-28 rounded-lg" />
    </div>
  );
}
