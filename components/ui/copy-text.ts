/**
 * Puts the text of `element` on the clipboard, and selects it where that is refused (the Clipboard API exists only
 * in secure contexts, and a console on a private network may have no https), so that Ctrl+C does the rest.
 *
 * @returns whether the text is on the clipboard.
 */
export async function copyText(element: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    window.getSelection()?.selectAllChildren(element);
    return document.execCommand('copy');
  }
}
