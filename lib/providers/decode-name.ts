/** Undoes the percent-encoding of a name in a path; what is not UTF-8 stays as it is, and is no model's name. */
export function decodeName(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
