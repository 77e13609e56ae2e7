export const NOT_MEASURED = '–';

/** A Markdown table; the first column is text, the others are numbers. */
export function writeTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, index) => (index === 0 ? '---' : '---:'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** About three digits; a dash for what was not measured. */
export function formatNumber(value: number | null): string {
  if (value === null) return NOT_MEASURED;
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(size >= 10 ? 1 : 2);
}

/** How many times `base` a value is; a dash where either is missing or there is nothing to compare with. */
export function formatRatio(value: number | null, base: number | null): string {
  return value === null || !base ? NOT_MEASURED : `${formatNumber(value / base)} ×`;
}

/** A part of `base` when smaller, as `1/8.2`, else how many times it. */
export function formatShare(value: number | null, base: number | null): string {
  if (value === null || !base || value === 0) return NOT_MEASURED;
  return value < base ? `1/${formatNumber(base / value)}` : `${formatNumber(value / base)} ×`;
}
