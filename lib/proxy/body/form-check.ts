import { type OwnAnswer, refuse } from '../errors.ts';
import type { ModelInBody } from './json-model.ts';
import { FormModelScanner } from './multipart-model.ts';

/** As much of a form is held back until it was looked at: small forms reach no upstream unless all of them is good. */
const HELD_BACK_BYTES = 64 * 1024;

/**
 * Checks a form as it passes: its field `model` must be one of `models`. No byte goes on before it was looked at, so an
 * upstream never sees the end of a form that is refused.
 */
export class FormCheck {
  readonly #scanner: FormModelScanner;
  readonly #models: readonly string[];
  #seen = 0;

  /** @param wanted see `FormModelScanner`. */
  constructor(boundary: string, models: readonly string[], wanted: ReadonlyMap<string, string>) {
    this.#scanner = new FormModelScanner(boundary, wanted);
    this.#models = models;
  }

  /** Reads the next bytes while the form is held back. False: it need not be held back any longer. */
  push(chunk: Buffer): boolean {
    this.#seen += chunk.length;
    return this.#scanner.push(chunk) && this.#seen < HELD_BACK_BYTES;
  }

  finish(chunks: readonly Buffer[]): ModelInBody {
    return this.#scanner.finish(chunks);
  }

  /** Whether all of it was still held back when it ended. */
  get isSmall(): boolean {
    return this.#seen < HELD_BACK_BYTES;
  }

  /** Reads the next bytes of a form that is on its way. */
  check(chunk: Buffer): OwnAnswer | null {
    this.#scanner.push(chunk);
    return this.refusal();
  }

  /** Null: nothing is wrong so far. */
  refusal(): OwnAnswer | null {
    const { model, fault } = this.#scanner;
    if (fault !== null) return refuse('invalid_request', fault);
    if (!model || (model.name !== null && this.#models.includes(model.name))) return null;
    return refuse('model_mismatch');
  }

  /** The form has ended. */
  end(): OwnAnswer | null {
    const refusal = this.refusal();
    if (refusal) return refusal;
    const found = this.#scanner.finish([]);
    return found.kind === 'ambiguous' ? refuse('invalid_request', found.reason) : null;
  }
}
