import path from 'node:path';
import { z } from 'zod';

/** What of a report in vitest's JSON form is shown. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
});

/** One line a case: its verdict, its file, and what it promises. Titles may hold anything, also what ends a line. */
export function listCases(report: string): string[] {
  const { testResults } = reportSchema.parse(JSON.parse(report));
  return testResults
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .flatMap(({ name, assertionResults }) => {
      const file = path.basename(name, '.test.ts');
      return assertionResults.map(({ ancestorTitles, title, status }) =>
        `  ${status}  ${file}: ${[...ancestorTitles, title].join(' ')}`.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�'),
      );
    });
}
