import { AlertDialog as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { contentLook, overlayLook, titleLook } from '#components/ui/dialog-frame.ts';

export const AlertDialog = Primitive.Root;
export const AlertDialogDescription = Primitive.Description;
export const AlertDialogCancel = Primitive.Cancel;

/** A dialog that wants an answer: it does not close by a click beside it. */
export function AlertDialogContent(props: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayLook} />
      <Primitive.Content className={contentLook} {...props} />
    </Primitive.Portal>
  );
}

export function AlertDialogTitle(props: ComponentProps<typeof Primitive.Title>) {
  return <Primitive.Title className={titleLook} {...props} />;
}
