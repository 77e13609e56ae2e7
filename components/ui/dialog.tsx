import { Dialog as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { bodyLook, contentLook, footerLook, overlayLook, titleLook } from '#components/ui/dialog-frame.ts';

export const Dialog = Primitive.Root;
export const DialogDescription = Primitive.Description;

export function DialogContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayLook} />
      <Primitive.Content className={classNames(contentLook, className)} {...props} />
    </Primitive.Portal>
  );
}

export function DialogTitle(props: ComponentProps<typeof Primitive.Title>) {
  return <Primitive.Title className={titleLook} {...props} />;
}

export function DialogBody(props: ComponentProps<'div'>) {
  return <div className={bodyLook} {...props} />;
}

export function DialogFooter(props: ComponentProps<'div'>) {
  return <div className={footerLook} {...props} />;
}
