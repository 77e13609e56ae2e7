/** A request in progress that can be ended before its time. */
export type Cuttable = {
  cut(): void;
  /** Asks anew whether it may go on, and ends it if not. */
  verify(): Promise<void>;
};

/** The requests in progress, by the ids of the token and the gateway that let them in. */
export class OpenCalls {
  readonly #bySubject = new Map<string, Set<Cuttable>>();

  /**
   * Remembers a call. To be called in the same turn in which its token was found good: a change that is applied later
   * finds it here.
   *
   * @returns forgets the call again; may be called more than once.
   */
  add(call: Cuttable, subjectIds: readonly string[]): () => void {
    for (const id of subjectIds) {
      const calls = this.#bySubject.get(id);
      if (calls) calls.add(call);
      else this.#bySubject.set(id, new Set([call]));
    }
    return () => this.#remove(call, subjectIds);
  }

  #remove(call: Cuttable, subjectIds: readonly string[]): void {
    for (const id of subjectIds) {
      const calls = this.#bySubject.get(id);
      calls?.delete(call);
      if (calls?.size === 0) this.#bySubject.delete(id);
    }
  }

  /** Ends all that a token or a gateway let in. */
  cut(subjectId: string): void {
    // A copy, because what is cut leaves the set.
    for (const call of [...(this.#bySubject.get(subjectId) ?? [])]) call.cut();
  }

  cutAll(): void {
    for (const subjectId of [...this.#bySubject.keys()]) this.cut(subjectId);
  }

  /** Has all of them ask anew whether they may go on. */
  verifyAll(): void {
    for (const call of new Set([...this.#bySubject.values()].flatMap((calls) => [...calls]))) void call.verify();
  }
}
