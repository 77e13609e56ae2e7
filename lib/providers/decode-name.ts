/**
 * Undoes the percent-encoding of a name in a path; letters beyond ASCII come out in one form (NFC). What is not UTF-8 stays
 * as it is, and is no model's name.
 */
export function decodeName(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text).normalize('NFC');
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
