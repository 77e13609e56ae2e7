import { Switch as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

export function Switch(props: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className="inline-flex h-6 w-11 shrink-0 items-center rounded-full border border-control bg-sunken p-0.5 transition-colors disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      {...props}
    >
      <Primitive.Thumb className="size-4.5 rounded-full bg-control transition-transform data-[state=checked]:translate-x-5 data-[state=checked]:bg-accent-ink" />
    </Primitive.Root>
  );
}
