import { z } from 'zod';

/** A gateway's name, in the browser and on the server. The messages are keys below `gateways.create.errors`. */
export const gatewayNameSchema = z
  .string()
  .min(1, 'nameRequired')
  .regex(/^[A-Za-z0-9_-]*$/, 'nameCharacters')
  .min(5, 'nameTooShort')
  .max(50, 'nameTooLong');

/** The gateway's name in addresses: one of a kind across accounts, and so within one, ignoring case. */
export function slugOf(accountId: number, name: string): string {
  return `user-${accountId}-${name}`.toLowerCase();
}
