import { lengthOf } from './overflow-store.ts';
import type { Line, Run } from './lines.ts';
import { escapeSigns } from './text-object.ts';

/** The size of a line in whatever form it is shown, including entities, asterisks and URLs. */
function sizeOf(line: Line): number {
  const runs = line.map(
    ({ text, url, bold }) =>
      lengthOf(escapeSigns(text)) + (url ? lengthOf(escapeSigns(url)) * 2 + 4 : 0) + (bold ? 2 : 0),
  );
  return runs.reduce((sum, size) => sum + size, 1);
}

/**
 * Lines in as few groups of at most `max` characters as possible. A longer line is cut between its characters; nothing
 * is lost.
 */
export function chunked(lines: readonly Line[], max: number): readonly (readonly Line[])[] {
  const groups: Line[][] = [];
  let room = 0;
  for (const line of lines.flatMap((each) => cutLine(each, max))) {
    const size = sizeOf(line);
    if (size > room || groups.length === 0) {
      groups.push([]);
      room = max;
    }
    groups.at(-1)?.push(line);
    room -= size;
  }
  return groups;
}

function cutLine(line: Line, max: number): readonly Line[] {
  if (sizeOf(line) <= max) return [line];
  const parts: Run[][] = [[]];
  for (const run of line.flatMap((each) => cutRun(each, max))) {
    const last = parts.at(-1) as Run[];
    if (last.length > 0 && sizeOf([...last, run]) > max) parts.push([run]);
    else last.push(run);
  }
  return parts;
}

/** A character can take five as an entity. */
function cutRun(run: Run, max: number): readonly Run[] {
  if (sizeOf([run]) <= max) return [run];
  const { at: _, ...whole } = run;
  const characters = Array.from(run.text);
  const step = Math.max(1, Math.floor((max - sizeOf([{ ...run, text: '' }])) / 5));
  const parts: Run[] = [];
  for (let at = 0; at < characters.length; at += step) {
    parts.push({ ...whole, text: characters.slice(at, at + step).join('') });
  }
  return parts;
}
