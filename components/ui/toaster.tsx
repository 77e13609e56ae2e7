'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Toaster as Sonner } from 'sonner';

/** Short news that need no answer, in the corner. They are read out as they appear, and go by themselves. */
export function Toaster() {
  const t = useTranslations('shell');
  return (
    <Sonner
      containerAriaLabel={t('notifications')}
      // Over the header: below are rows, and the buttons of dialogs.
      position="top-right"
      offset={8}
      mobileOffset={8}
      closeButton
      icons={{ close: <X aria-hidden className="size-4" /> }}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: t('closeNotification'),
        classNames: {
          toast:
            'flex w-full items-start gap-3 rounded-lg border bg-raised p-4 font-sans text-sm text-ink shadow-floating [&_[data-icon]]:mt-0.5',
          content: 'min-w-0 flex-1 wrap-anywhere',
          description: 'mt-0.5 text-muted',
          success: '[&_[data-icon]]:text-success',
          error: '[&_[data-icon]]:text-danger',
          warning: '[&_[data-icon]]:text-warning',
          actionButton: 'shrink-0 rounded-md border px-2.5 py-1 font-semibold text-accent hover:bg-hover',
          // It comes first in the document, as the library has it.
          closeButton: 'order-last -mr-1.5 -mt-1 shrink-0 rounded-md p-1.5 text-muted hover:bg-hover hover:text-ink',
        },
      }}
    />
  );
}
