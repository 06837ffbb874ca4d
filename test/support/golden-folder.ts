import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

/** `UPDATE_GOLDEN=1` rewrites the files; look at the difference before committing it. */
const isUpdate = process.env['UPDATE_GOLDEN'] === '1';

/** Golden files: what was made before, to compare with. */
export type GoldenFolder = {
  /** What the file holds. If the files are rewritten, that is `made`. */
  readonly kept: (file: string, made: string) => string;
  /** The names of the files, sorted. */
  readonly files: () => readonly string[];
};

/** A folder in `test/golden`. */
export function goldenFolder(name: string): GoldenFolder {
  const folder = new URL(`../golden/${name}/`, import.meta.url);
  if (isUpdate) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  return {
    kept(file, made) {
      const url = new URL(file, folder);
      if (isUpdate) writeFileSync(url, made);
      return readFileSync(url, 'utf8');
    },
    files: () => readdirSync(folder).sort(),
  };
}

const width = 120;

/** A value as JSON, in which what fits in a line is one: a changed property is a changed line that can be read. */
export function asJson(value: unknown): string {
  return `${written(value, '')}\n`;
}

function written(value: unknown, indent: string): string {
  const line = JSON.stringify(value) as string | undefined;
  if (line === undefined || line.length + indent.length <= width) return line ?? 'null';
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((each) => inner + written(each, inner)).join(',\n')}\n${indent}]`;
  if (typeof value !== 'object' || value === null) return line;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const lines = entries.map(([key, each]) => `${inner}${JSON.stringify(key)}: ${written(each, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
