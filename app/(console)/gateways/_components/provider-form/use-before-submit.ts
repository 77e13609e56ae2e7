import { useEffect, useRef } from 'react';

/**
 * Has a field take what is left typed in it before its form is sent: whoever types a name and then sends the form
 * means it. Not when the field is left, because what then appears would move the button from under the mouse.
 *
 * @param finish returns false when the form cannot be sent like this; the field then takes the focus.
 * @returns a ref for the field's element.
 */
export function useBeforeSubmit(finish: () => boolean) {
  const inputRef = useRef<HTMLInputElement | null>(null);
  useEffect(() => {
    const form = inputRef.current?.form;
    const finishOrStop = (event: SubmitEvent) => {
      if (finish()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      inputRef.current?.focus();
    };
    // In the capture phase, so that the form's own handler reads what was added.
    form?.addEventListener('submit', finishOrStop, true);
    return () => form?.removeEventListener('submit', finishOrStop, true);
  });
  return inputRef;
}
