import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from '#components/ui/class-names.ts';

export const MenuTrigger = DropdownMenu.Trigger;
export const MenuRadioGroup = DropdownMenu.RadioGroup;

/** Not modal: a modal one hides the whole page from screen readers, and the page's focusable parts with it. */
export function Menu(props: ComponentProps<typeof DropdownMenu.Root>) {
  return <DropdownMenu.Root modal={false} {...props} />;
}

const itemLook =
  'flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-2 outline-none select-none data-highlighted:bg-hover [&_svg]:size-4';

export function MenuContent({ className, ...props }: ComponentProps<typeof DropdownMenu.Content>) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        collisionPadding={8}
        className={classNames(
          'z-50 min-w-40 rounded-lg border bg-raised p-1 shadow-floating animate-appear',
          className,
        )}
        {...props}
      />
    </DropdownMenu.Portal>
  );
}

export function MenuItem({ className, ...props }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item className={classNames(itemLook, className)} {...props} />;
}

export function MenuCheckboxItem({ children, ...props }: ComponentProps<typeof DropdownMenu.CheckboxItem>) {
  return (
    <DropdownMenu.CheckboxItem className={itemLook} {...props}>
      <span className="flex-1">{children}</span>
      {/* Room for the mark, so that the menu keeps its width. */}
      <span className="size-4">
        <DropdownMenu.ItemIndicator>
          <Check className="text-accent" aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuRadioItem({ children, ...props }: ComponentProps<typeof DropdownMenu.RadioItem>) {
  return (
    <DropdownMenu.RadioItem className={itemLook} {...props}>
      <span className="flex-1">{children}</span>
      <DropdownMenu.ItemIndicator>
        <Check className="text-accent" aria-hidden />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.RadioItem>
  );
}
