import type { BenchCase, Figure, Sample } from '../cases/case.ts';
import { median } from '../load/quantile.ts';

/** What was measured: by case and contestant, one sample a round. */
export class Results {
  readonly #samples = new Map<string, Map<string, Sample[]>>();

  add(benchCase: BenchCase, samples: ReadonlyMap<string, Sample>): void {
    const ofCase = this.#samples.get(benchCase.name) ?? new Map<string, Sample[]>();
    this.#samples.set(benchCase.name, ofCase);
    for (const [contestant, sample] of samples) {
      ofCase.set(contestant, [...(ofCase.get(contestant) ?? []), sample]);
    }
  }

  includes(caseName: string, contestant: string): boolean {
    return this.#samples.get(caseName)?.has(contestant) ?? false;
  }

  /** The median over the rounds; null when it was not measured. */
  get(caseName: string, contestant: string, figure: Figure): number | null {
    const values = this.values(caseName, contestant, figure);
    return values.length === 0 ? null : median(values);
  }

  /** One value a round. */
  values(caseName: string, contestant: string, figure: Figure): number[] {
    const samples = this.#samples.get(caseName)?.get(contestant) ?? [];
    return samples.map((sample) => sample[figure]).filter((value) => value !== undefined);
  }

  toJSON() {
    return Object.fromEntries([...this.#samples].map(([caseName, ofCase]) => [caseName, Object.fromEntries(ofCase)]));
  }
}
