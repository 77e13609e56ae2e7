import type { ComponentProps } from 'react';
import { classNames } from '#components/ui/class-names.ts';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      className={classNames(
        'h-9 w-full min-w-0 rounded-md border border-control bg-surface px-3 text-ellipsis placeholder:text-muted aria-invalid:border-danger max-sm:text-base',
        className,
      )}
      {...props}
    />
  );
}
