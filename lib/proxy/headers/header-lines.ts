import { toLowerName } from './header-names.ts';

/**
 * No client, provider or what stands between them sends a third of it. What looks at lines may look at all others for
 * each: sixteen thousand empty ones, which fit into a head, would keep a process from everybody else's calls.
 */
export const MOST_LINES = 256;

/**
 * The header lines of a message as they came: names and values in turn, in order, with case and repetition. Parsed
 * header objects lose what matters here, such as a second `Authorization` line.
 */
export class HeaderLines {
  readonly raw: readonly string[];
  /** The name of each line in lower case: line `i` is `raw[2 * i]`, `raw[2 * i + 1]`. */
  readonly names: readonly string[];

  constructor(raw: readonly string[]) {
    const names: string[] = [];
    for (let i = 0; i < raw.length; i += 2) names.push(toLowerName(raw[i] ?? ''));
    this.raw = raw;
    this.names = names;
  }

  /** The value of line `index`. */
  valueAt(index: number): string {
    return this.raw[2 * index + 1] ?? '';
  }

  /** The value of the first line called `name` (in lower case), undefined if there is none. */
  first(name: string): string | undefined {
    const index = this.names.indexOf(name);
    return index < 0 ? undefined : this.valueAt(index);
  }

  /** The values of all lines called `name` (in lower case). */
  all(name: string): string[] {
    return this.names.flatMap((other, index) => (other === name ? [this.valueAt(index)] : []));
  }

  /** Whether more than one line is called `name` (in lower case). */
  repeats(name: string): boolean {
    const first = this.names.indexOf(name);
    return first >= 0 && this.names.indexOf(name, first + 1) >= 0;
  }
}
