import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** A page of the documentation. `path` is below the root, with slashes. */
export type Page = { readonly path: string; readonly text: string };

/** Every page for readers: those at the top, all of docs, and those next to the code. */
export function pages(): Page[] {
  const top = readdirSync(root).filter((name) => name.endsWith('.md'));
  const deep = ['docs', 'src', 'manifest', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  );
  return [...top, ...deep].map((path) => page(path.replaceAll('\\', '/')));
}

/** One page. */
export function page(path: string): Page {
  return { path: relative(root, join(root, path)), text: readFileSync(join(root, path), 'utf8') };
}

/** The cells of the rows of the table whose first heading is `heading`; throws unless there is exactly one. */
export function tableOf({ path, text }: Page, heading: string): string[][] {
  const lines = text.split('\n');
  const heads = lines.flatMap((line, at) => (cells(line)[0] === heading && isRuled(lines[at + 1]) ? [at] : []));
  const [head] = heads;
  if (head === undefined || heads.length > 1) throw new Error(`${path} has ${heads.length} tables headed ${heading}`);
  const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
  return lines.slice(head + 2, end < 0 ? undefined : end).map(cells);
}

const isRuled = (line = '') => /^\|\s*:?-+/.test(line);

function cells(line: string): string[] {
  if (!line.startsWith('|')) return [];
  return line
    .slice(1, line.trimEnd().lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** What is in backticks in a text. */
export function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, inside]) => inside as string);
}

/** A page's code blocks in a language. */
export function blocks({ text }: Page, language: string): string[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, named, inside]) =>
    named === language ? [inside as string] : [],
  );
}
