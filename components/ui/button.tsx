import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from '#components/ui/class-names.ts';

const button = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-50 aria-busy:pointer-events-none [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-accent-ink shadow-raised hover:bg-accent-strong',
        secondary: 'border border-line bg-surface text-ink hover:bg-hover',
        danger: 'bg-danger text-danger-ink shadow-raised hover:bg-danger-strong',
        ghost: 'text-muted hover:bg-hover hover:text-ink',
        dangerGhost: 'text-danger hover:bg-danger-soft',
      },
      size: { medium: 'h-9 px-3.5', small: 'h-8 px-2.5', icon: 'size-9', iconSmall: 'size-8' },
    },
    defaultVariants: { variant: 'secondary', size: 'medium' },
  },
);

type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof button> & {
    /** Renders the only child, such as a link, with the looks of a button. */
    asChild?: boolean;
    /** Shows that what the button started is under way; it keeps the focus meanwhile. */
    pending?: boolean;
  };

export function Button({ className, variant, size, asChild, pending, children, ...props }: ButtonProps) {
  const look = classNames(button({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={look} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={look} aria-busy={pending || undefined} {...props}>
      {pending && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  );
}
