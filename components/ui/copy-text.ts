/**
 * Puts the text of `element` on the clipboard exactly as it is, with its lines and tabs, also where there is no
 * Clipboard API: it exists only in secure contexts, and a console on a private network may have no https. Where nothing
 * helps it is selected, so that Ctrl+C does the rest.
 *
 * @returns whether the text is on the clipboard.
 */
export async function copyText(element: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    return copyByCommand(element);
  }
}

/** The command copies a selection as it is laid out; what is laid out in no line has lost them. So the text is given. */
function copyByCommand(element: HTMLElement): boolean {
  let isGiven = false;
  const give = (event: ClipboardEvent) => {
    if (!event.clipboardData) return;
    event.clipboardData.setData('text/plain', element.textContent);
    event.preventDefault();
    event.stopImmediatePropagation();
    isGiven = true;
  };
  window.getSelection()?.selectAllChildren(element);
  window.addEventListener('copy', give, { capture: true });
  try {
    return document.execCommand('copy') && isGiven;
  } finally {
    window.removeEventListener('copy', give, { capture: true });
  }
}
