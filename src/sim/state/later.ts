import type { EffectBody } from './effects.ts';
import type { World } from './world.ts';

/** Schedules effects for after this many milliseconds, ordered by time. */
export function later(world: World, ms: number, effect: EffectBody): void {
  const at = world.now().getTime() + ms;
  const { pending } = world.state;
  const after = pending.findLastIndex((known) => known.at <= at);
  pending.splice(after + 1, 0, { ...effect, at });
  world.changed();
}
