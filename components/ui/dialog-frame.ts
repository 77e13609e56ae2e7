/**
 * Looks that dialogs and alert dialogs share. On phones a dialog comes up from the bottom edge. Overlay and content are
 * on one level, so that a dialog that opens later lies above both of an earlier one.
 */
export const overlayLook = 'fixed inset-0 z-50 bg-scrim';

export const contentLook =
  'fixed z-50 flex max-h-[calc(100dvh-2rem)] w-full flex-col overflow-hidden rounded-t-xl border bg-raised shadow-floating animate-appear max-sm:inset-x-0 max-sm:bottom-0 sm:top-1/2 sm:left-1/2 sm:max-w-lg sm:-translate-1/2 sm:rounded-xl focus:outline-none';

export const titleLook = 'border-b px-6 py-4 text-base font-semibold text-balance';

export const bodyLook = 'flex min-h-0 flex-col gap-3 overflow-y-auto px-6 py-5';

export const footerLook = 'flex flex-wrap justify-end gap-3 border-t bg-sunken px-6 py-4';
