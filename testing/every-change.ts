import { randomUUID } from 'node:crypto';
import { mask } from '#lib/tokens/queries.ts';
import type { Owner } from './token-action-stage.ts';

/** The name of an action, and an input with which it changes what is the owner's. */
export type Change = [name: string, inputFor: (owner: Owner) => Record<string, unknown>];

export const ALL_TOKENS = { q: '', status: '', unused: '' };

const at = ({ gatewayId }: Owner) => ({ gatewayId });

export const maskedOf = ({ token: { token } }: Owner) => mask(token.slice(3, 7), token.slice(-4));

/** Every action that changes something of a gateway's tokens. */
export const TOKEN_CHANGES: Change[] = [
  ['createTokensAction', (owner) => ({ ...at(owner), creationId: randomUUID(), names: ['made'], expiresAt: null })],
  ['deleteTokensAction', (owner) => ({ ...at(owner), ids: [owner.token.id] })],
  [
    'deleteMatchingTokensAction',
    (owner) => ({
      ...at(owner),
      filter: ALL_TOKENS,
      exceptIds: [],
      asOf: new Date().toISOString(),
      deletionId: randomUUID(),
    }),
  ],
  ['undoDeletionAction', (owner) => ({ ...at(owner), deletionId: owner.deletionId })],
  ['setTokenStatusAction', (owner) => ({ ...at(owner), ids: [owner.token.id], status: 'DISABLED' })],
  ['setTokenExpiryAction', (owner) => ({ ...at(owner), ids: [owner.token.id], expiresAt: '2099-01-01T00:00:00Z' })],
  [
    'rotateTokenAction',
    (owner) => ({
      ...at(owner),
      id: owner.token.id,
      masked: maskedOf(owner),
      rotationId: randomUUID(),
      overlap: 'none',
    }),
  ],
  ['endPreviousSecretAction', (owner) => ({ ...at(owner), id: owner.token.id, masked: maskedOf(owner) })],
];

const PROVIDER = { kind: 'deepseek', key: 'sk-a-key-of-a-provider', models: ['deepseek-chat'] };

/** Every action that changes gateways. */
export const GATEWAY_CHANGES: Change[] = [
  [
    'createGatewayAction',
    () => ({ name: `made-${randomUUID().slice(0, 8)}`, authenticated: true, providers: [PROVIDER] }),
  ],
  [
    'configureGatewayAction',
    (owner) => ({ ...at(owner), status: 'DISABLED', originsAdded: ['https://app.example.com'] }),
  ],
  ['saveProvidersAction', (owner) => ({ ...at(owner), seen: [], providers: [PROVIDER] })],
  ['deleteGatewaysAction', (owner) => ({ ids: [owner.gatewayId] })],
];
