import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** Says, where it happened, what went wrong; read out as it appears. */
export function ErrorNotice({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="flex gap-2.5 rounded-md bg-danger-soft px-3 py-2.5 text-danger">
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0">{children}</div>
    </div>
  );
}

/** Says what is risky here, as long as it is. */
export function WarningNotice({ children }: { children: ReactNode }) {
  return (
    <div className="flex gap-2.5 rounded-md bg-warning-soft px-3 py-2.5 text-warning">
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
