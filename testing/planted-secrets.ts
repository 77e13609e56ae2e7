import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';

const PART_LENGTH = 8;

/** Secrets by what they are, and everything that was looked at for parts of them. */
export class SecretSearch {
  readonly #parts: [part: string, of: string][] = [];

  /** @param secrets each by its name; bytes are looked for as base64, hexadecimal and as they are. */
  constructor(secrets: Record<string, string | Buffer>) {
    for (const [name, secret] of Object.entries(secrets)) {
      const forms = typeof secret === 'string' ? [secret] : [secret.toString('base64'), secret.toString('hex')];
      if (typeof secret !== 'string') forms.push(secret.toString('latin1'));
      for (const form of forms) {
        for (let at = 0; at + PART_LENGTH <= form.length; at++) {
          this.#parts.push([form.slice(at, at + PART_LENGTH), name]);
        }
      }
    }
  }

  /** The names of the secrets that eight characters in a row of are in `text`. */
  find(text: string): string[] {
    return [...new Set(this.#parts.filter(([part]) => text.includes(part)).map(([, name]) => name))];
  }
}

/** Every row of every table as text, and every `bytea` in it also as the bytes that it holds. */
export async function dumpDatabase(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const dump: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${name} AS t`);
      dump.push(name, ...rows.map(({ row }) => row));
    }
    const text = dump.join('\n');
    const bytes = [...text.matchAll(/\\x((?:[0-9a-f]{2})+)/g)].map(([, hex]) => Buffer.from(hex ?? '', 'hex'));
    return [text, ...bytes.map((value) => value.toString('latin1'))].join('\n');
  } finally {
    await client.end();
  }
}

/** The files below a directory, with what is in them. */
export async function readFiles(directory: string): Promise<{ file: string; text: string }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'latin1') })));
}
