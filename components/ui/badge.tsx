import { classNames } from '#components/ui/class-names.ts';

const LOOKS = {
  ACTIVE: 'bg-success-soft text-success',
  DISABLED: 'bg-sunken text-muted inset-ring inset-ring-line',
  EXPIRED: 'bg-warning-soft text-warning',
} as const;

/** A word that stands out, such as a status that only few things have. */
export function Badge({ children }: { children: string }) {
  return (
    <span className="inline-flex rounded-full bg-danger-soft px-2 py-0.5 text-xs font-semibold text-danger">
      {children}
    </span>
  );
}

/** The status of a gateway or token. Its word is the same in every language, as it is in the API. */
export function StatusBadge({ status }: { status: keyof typeof LOOKS }) {
  return (
    <span
      className={classNames('inline-flex rounded-full px-2 py-0.5 text-xs font-semibold tracking-wide', LOOKS[status])}
    >
      {status}
    </span>
  );
}
