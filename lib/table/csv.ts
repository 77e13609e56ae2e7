import papa from 'papaparse';

/** Without it, spreadsheets take the file for one in the system's old code page. */
const BYTE_ORDER_MARK = '\ufeff';

/** What spreadsheets take for a formula, in both widths (OWASP, CSV Injection). An apostrophe keeps it a text. */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;

/** The same behind what some spreadsheets take for the end of a cell, by the country: `;` in most of Europe and Vietnam. */
const FORMULA_WITHIN = /([;\t|]\s*)(?=[=+\-@＝＋－＠])/g;

export type Cell = string | number | null;

/** Rows of a table in a file (RFC 4180), each with its line end. Nothing in them runs when a spreadsheet opens them. */
export function toCsvRows(rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map((row) => row.map(toText));
  return (
    papa.unparse(cells, { quotes: true, newline: '\r\n', escapeFormulae: FORMULA }) + (cells.length > 0 ? '\r\n' : '')
  );
}

const toText = (cell: Cell) => (typeof cell === 'string' ? cell.replace(FORMULA_WITHIN, "$1'") : (cell ?? ''));

/** The same for the clipboard: spreadsheets take lines and tabs. */
export function toPastedRows(rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map((row) => row.map(toText));
  return papa.unparse(cells, { delimiter: '\t', newline: '\n', escapeFormulae: FORMULA });
}

/** The whole of a table that is in memory. */
export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return BYTE_ORDER_MARK + toCsvRows([header, ...rows]);
}

/**
 * A table as a download, however long: read as it is sent.
 *
 * @param fileName ASCII.
 */
export function csvResponse(
  fileName: string,
  header: readonly string[],
  batches: AsyncIterable<readonly Cell[][]>,
): Response {
  const headers = {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${fileName}"`,
    'cache-control': 'no-store',
  };
  return new Response(toStream(encode(header, batches)), { headers });
}

async function* encode(
  header: readonly string[],
  batches: AsyncIterable<readonly Cell[][]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(toCsv(header, []));
  for await (const rows of batches) yield encoder.encode(toCsvRows(rows));
}

/** Reads on when there is room, and ends the reading when the client goes. */
function toStream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
