import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';

type ScrollRegionProps = { label: string; className: string; children: ReactNode };

/** A box of limited height whose content scrolls, also by keyboard. */
export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard, too
      tabIndex={0}
      className={classNames('min-h-12 overflow-y-auto rounded-md border bg-sunken px-4 py-2', className)}
    >
      {children}
    </section>
  );
}
