import type { HeaderLines } from '../headers/header-lines.ts';

/** Looks at a provider's answer as it passes to the client, and changes nothing of it. */
export type AnswerObserver = {
  /** @param headers as the provider sent them. False: there is nothing in this answer for it. */
  begin(status: number, headers: HeaderLines): boolean;
  look(chunk: Buffer): void;
  /** @param whole whether the provider sent all of its answer. */
  end(whole: boolean): void;
};
