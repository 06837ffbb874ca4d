/** What the Dockerfile copies into the image, read as Docker reads it; no container engine is needed. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

/** The lines of .dockerignore. The last one that matches a file, or a folder it is in, decides. */
export const ignored = readFileSync(join(root, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** What the image copies from this tree, not from an earlier stage. */
export const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, words = '']) =>
  words.split(/\s+/).slice(0, -1),
);

/** Every file that is copied into the image, as a path below the root. */
export function imageFiles(): readonly string[] {
  return [...new Set(copied)].flatMap(filesAt).filter((path) => !isIgnored(path));
}

function filesAt(path: string): string[] {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

function isIgnored(path: string): boolean {
  const parts = path.split('/');
  const above = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
  const last = ignored.findLast((line) => above.some((each) => matchesGlob(each, line.replace(/^!/, ''))));
  return last !== undefined && !last.startsWith('!');
}
