import type { NamedGateway } from '#lib/gateways/schema.ts';
import type { TokenRow } from '#lib/tokens/schema.ts';

/** What every popup of one token is given. */
export type TokenDialogProps = {
  gateway: NamedGateway;
  token: TokenRow;
  onClose: () => void;
  /** Where the keyboard goes when the popup has closed. */
  returnFocus: () => void;
};
