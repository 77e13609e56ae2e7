import { z } from 'zod';
import { findSecret } from '#lib/secrets/find-secret.ts';

export const GATEWAY_NAME_PROBLEMS = [
  'nameRequired',
  'nameCharacters',
  'nameTooShort',
  'nameTooLong',
  'nameSecret',
] as const;

export type GatewayNameProblem = (typeof GATEWAY_NAME_PROBLEMS)[number];

/** In UTF-16 units, which for the characters allowed are characters. */
export const GATEWAY_NAME_LENGTH = { least: 5, most: 50 } as const;

export const GATEWAY_NAME_CHARACTERS = /^[A-Za-z0-9_-]*$/;

const problem = (name: GatewayNameProblem) => name;

/** A gateway's name, in the browser and on the server. The messages are keys below `gateways.create.errors`. */
export const gatewayNameSchema = z
  .string()
  .min(1, problem('nameRequired'))
  .max(GATEWAY_NAME_LENGTH.most, problem('nameTooLong'))
  .regex(GATEWAY_NAME_CHARACTERS, problem('nameCharacters'))
  .min(GATEWAY_NAME_LENGTH.least, problem('nameTooShort'))
  // It is in addresses.
  .refine((name) => findSecret(name) === null, problem('nameSecret'));

/** The gateway's name in addresses: one of a kind across accounts, and so within one, ignoring case. */
export function slugOf(accountId: number, name: string): string {
  return `user-${accountId}-${name}`.toLowerCase();
}
