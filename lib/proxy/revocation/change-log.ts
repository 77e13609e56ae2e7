/** Beyond this many changed subjects, all is taken to have changed: memory stays bounded, and nothing is missed. */
const MOST_SUBJECTS = 50_000;

/**
 * What changed, counted. Whoever reads from the database notes `now` before and asks afterwards whether the thing has
 * changed since: a read that began before a change is never gone by after it.
 */
export class ChangeLog {
  #count = 0;
  #allChangedAt = 0;
  #gatewayChangedAt = 0;
  readonly #changedAt = new Map<string, number>();

  /** The number of changes so far. */
  get now(): number {
    return this.#count;
  }

  /** Notes that a token or a gateway changed. */
  noteChange(kind: 'token' | 'gateway', subjectId: string): void {
    if (this.#changedAt.size >= MOST_SUBJECTS) this.noteAllChanged();
    this.#changedAt.set(subjectId, ++this.#count);
    if (kind === 'gateway') this.#gatewayChangedAt = this.#count;
  }

  /** Notes that anything may have changed. */
  noteAllChanged(): void {
    this.#allChangedAt = ++this.#count;
    this.#gatewayChangedAt = this.#count;
    this.#changedAt.clear();
  }

  /** Whether all was taken to have changed since. */
  hasAllChangedSince(moment: number): boolean {
    return this.#allChangedAt > moment;
  }

  /** Whether any gateway has changed since, or all was taken to have. */
  hasAnyGatewayChangedSince(moment: number): boolean {
    return this.#gatewayChangedAt > moment;
  }

  /** Whether this subject has changed since, or all was taken to have. */
  hasChangedSince(moment: number, subjectId: string): boolean {
    if (this.#allChangedAt > moment) return true;
    return this.#changedAt.size > 0 && (this.#changedAt.get(subjectId) ?? 0) > moment;
  }
}
