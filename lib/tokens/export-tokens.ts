type NamedSecret = { name: string; token: string };

/** A table of names and secrets (RFC 4180), which a spreadsheet opens without running any of it. */
export function toCsv(created: NamedSecret[]): string {
  return [['name', 'token'], ...created.map(({ name, token }) => [name, token])]
    .map((row) => `${row.map(toCell).join(',')}\r\n`)
    .join('');
}

/** One variable a token, named after it, for programs that read `.env` files. */
export function toEnv(created: NamedSecret[]): string {
  const used = new Set<string>();
  return created.map(({ name, token }) => `# ${name}\n${toVariable(name, used)}=${token}\n`).join('');
}

/** Spreadsheets take what begins so for a formula; an apostrophe keeps it a text (OWASP, CSV Injection). */
function toCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** A name that shells accept (POSIX, XBD §8.1), and that no other token has. */
function toVariable(name: string, used: Set<string>): string {
  const ascii = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
  const word = ascii
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^(?=\d|$)/, 'TOKEN_');
  let variable = word;
  for (let count = 2; used.has(variable); count++) variable = `${word}_${count}`;
  used.add(variable);
  return variable;
}
