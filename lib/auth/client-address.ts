/**
 * The address of whoever sent a request, from `x-forwarded-for`. `bin/console.ts` overwrites what the client says there
 * with one value; of several, the last one is the nearest. Empty for all whose address is not known: they are one.
 */
export function clientAddressOf(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
}
