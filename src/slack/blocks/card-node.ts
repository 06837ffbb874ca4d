import type { Json } from '../../core/json.ts';
import { ownOf } from '../../core/own-of.ts';

/** An element, an action or another part of an Adaptive Card, as JSON. */
export type Node = { readonly [key: string]: Json };

/** A text property; numbers and booleans are converted, anything else is none. */
export function text(node: Node, key: string): string {
  const value = ownOf(node, key);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A property that is a list of parts. */
export function list(node: Node, key: string): readonly Node[] {
  const value = ownOf(node, key);
  return Array.isArray(value) ? (value as readonly Json[]).filter(isNode) : [];
}

/** A property that is one part; null if there is none. */
export function part(node: Node, key: string): Node | null {
  const value = ownOf(node, key);
  return isNode(value) ? value : null;
}

/** Whether a value is an object. */
export function isNode(value: Json | undefined): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
