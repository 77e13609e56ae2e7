import { classNames } from '#components/ui/class-names.ts';

/** The mark (an L whose foot is a keyhole) and the product's name. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={classNames('inline-flex items-center gap-2.5 text-base font-semibold tracking-tight', className)}>
      <svg viewBox="0 0 32 32" className="size-7" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <g fill="none" className="stroke-accent-ink" strokeLinecap="round" strokeLinejoin="round">
          <path d="M9 7v18h8" strokeWidth="3.4" />
          <circle cx="20.5" cy="14" r="4.2" strokeWidth="2.8" />
          <path d="M20.5 18.6v6.2" strokeWidth="2.8" />
        </g>
      </svg>
      Latchkey
    </span>
  );
}
