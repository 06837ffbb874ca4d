import { createHash } from 'node:crypto';
import type { SimState } from './state.ts';

/**
 * The running simulator: its state, its clock and its speed. `changed` says that the state needs saving. IDs and random
 * durations come from the state's own counter, so that a run is repeatable.
 */
export type World = {
  state: SimState;
  /** How many times faster than Azure: durations that begin from now on are divided by it. */
  speed: number;
  now(): Date;
  changed(): void;
};

/** A number between 0 and 1 that depends only on the state's counter. */
function draw(world: World): number {
  return digest(world).readUInt32BE(0) / 2 ** 32;
}

/** A new GUID. */
export function newGuid(world: World): string {
  const hex = digest(world).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A number as Azure Backup uses in the names of points and items: random decimal digits. */
export function newNumber(world: World): string {
  return String(digest(world).readUIntBE(0, 6)).padStart(13, '1');
}

/**
 * A random duration between two numbers of seconds of real Azure, in milliseconds of this simulator: divided by its
 * speed.
 */
export function span(world: World, seconds: number, upTo = seconds): number {
  return ((seconds + (upTo - seconds) * draw(world)) * 1000) / world.speed;
}

/**
 * A Retry-After in seconds: divided by the speed. The header knows no fractions: it is 1 for any part of a second that
 * is worth waiting for, and 0 below.
 */
export function retryAfter(world: World, seconds: number): string {
  const scaled = seconds / world.speed;
  return String(scaled < 0.05 ? 0 : Math.max(1, Math.round(scaled)));
}

function digest(world: World): Buffer {
  world.state.sequence += 1;
  return createHash('sha256').update(`kluis-simulator ${world.state.sequence}`).digest();
}
