import { classNames } from '#components/ui/class-names.ts';

/** Stands where something is still loading. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('h-4 animate-shimmer rounded bg-sunken', className)} />;
}
