import type { Document, LineCounter, Node } from 'yaml';
import { isMap, isNode, isPair, isScalar, isSeq } from 'yaml';
import type { Position } from '../problem.ts';

/** The path to a field: keys and indices. */
export type Path = readonly PropertyKey[];

/** A parsed file, with the positions of its fields. */
export type Source = { readonly file: string; readonly document: Document; readonly lines: LineCounter };

/** The position of a field: its value, or the nearest thing above it if it is missing. */
export function positionOf(source: Source, path: Path): Position {
  return placeAt(source, deepestNode(source.document, path)?.range?.[0] ?? 0);
}

/** The position of a field's key. */
export function positionOfKey(source: Source, path: Path): Position {
  const parent = deepestNode(source.document, path.slice(0, -1));
  const pair = isMap(parent) ? parent.items.find(({ key }) => nameOfKey(key) === String(path.at(-1))) : undefined;
  return isNode(pair?.key) ? placeAt(source, pair.key.range?.[0] ?? 0) : positionOf(source, path);
}

/** An offset in the text as line and column. */
export function placeAt({ file, lines }: Source, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

/** A path as people read it: `rules[2].within`. */
export function pathText(path: Path): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text.replace(/^\./, '') || 'file';
}

// An alias leads to its anchor, which may contain it again; the path is finite, so the walk is too.
function deepestNode(document: Document, path: Path): Node | null {
  let node: Node | null = document.contents;
  for (const step of path) {
    const next = childOf(node, step, document);
    if (!next) return node;
    node = next;
  }
  return node;
}

function childOf(node: Node | null, step: PropertyKey, document: Document): Node | null {
  const held = node && 'resolve' in node ? ((node.resolve(document) as Node | undefined) ?? null) : node;
  const item = isSeq(held) ? held.items[Number(step)] : isMap(held) ? valueOf(held.items, String(step)) : null;
  const value = isPair(item) ? item.value : item;
  return isNode(value) ? value : null;
}

function valueOf(items: readonly { readonly key: unknown; readonly value: unknown }[], name: string): unknown {
  return items.find(({ key }) => nameOfKey(key) === name)?.value;
}

function nameOfKey(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}
