/** The rooms of a folder are the folders and files in it. Circles among them, and the doors of the families. */
import type { SourceFacts } from './imports.ts';

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** The circles among the rooms of every folder of `src`, as `src/a: b, c`; importing types counts too. */
export function roomCircles(files: readonly SourceFacts[]): string[] {
  const folders = new Map<string, Map<string, Set<string>>>();
  for (const { path, imports } of files) {
    for (const { from, local } of imports) {
      const shared = local ? commonFolder(path, from) : null;
      if (shared === null) continue;
      const [room, to] = [roomOf(shared, path), roomOf(shared, from)];
      const rooms = folders.get(shared) ?? new Map<string, Set<string>>();
      folders.set(shared, rooms.set(room, (rooms.get(room) ?? new Set()).add(to)));
    }
  }
  return [...folders]
    .flatMap(([folder, rooms]) => tangles(rooms).map((some) => `${folder}: ${some.join(', ')}`))
    .sort();
}

/**
 * What imports a family of operations otherwise than through its doors, and the doors that nobody takes: everything
 * else in a family is its own business.
 */
export function wrongDoors(
  files: readonly SourceFacts[],
  doors: Readonly<Record<string, readonly string[]>>,
): string[] {
  const familyOf = (path: string) => Object.keys(doors).find((family) => path.startsWith(`${family}/`));
  const taken = files.flatMap(({ path, imports }) =>
    imports.flatMap(({ from, local }) => {
      const family = local ? familyOf(from) : undefined;
      return family === undefined || familyOf(path) === family ? [] : [{ path, from }];
    }),
  );
  const open = new Set(Object.entries(doors).flatMap(([family, some]) => some.map((door) => `${family}/${door}`)));
  return [
    ...taken.filter(({ from }) => !open.has(from)).map(({ path, from }) => `${path} imports ${from}, which is no door`),
    ...[...open].filter((door) => taken.every(({ from }) => from !== door)).map((door) => `nobody imports ${door}`),
  ];
}

/** The deepest folder that contains both, if they are different rooms of it. */
function commonFolder(a: string, b: string): string | null {
  const [left, right] = [a.split('/'), b.split('/')];
  const at = left.findIndex((part, place) => part !== right[place]);
  return at <= 0 || a === b ? null : left.slice(0, at).join('/');
}

function roomOf(folder: string, path: string): string {
  return path.slice(folder.length + 1).split('/')[0] as string;
}

/** The groups of rooms in which each reaches each. */
function tangles(rooms: Graph): string[][] {
  const reach = new Map([...rooms.keys()].map((room) => [room, reached(rooms, room)]));
  const groups = new Map<string, string[]>();
  for (const [room, all] of reach) {
    const both = [...all].filter((other) => reach.get(other)?.has(room)).sort();
    if (both.length > 1) groups.set(both.join(), both);
  }
  return [...groups.values()];
}

/** What a room imports, directly or through others; itself only in a circle. */
function reached(rooms: Graph, start: string): Set<string> {
  const found = new Set(rooms.get(start));
  for (const room of found) for (const next of rooms.get(room) ?? []) found.add(next);
  return found;
}
