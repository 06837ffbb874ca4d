import type { Json } from '../core/json.ts';
import type { Flow, Known } from './flow.ts';
import type { TrailEntry } from './state.ts';

/**
 * What people did, as far as its steps let it be kept when somebody only asks for the current state: nothing in it
 * starts a plan.
 */
export function keptTrail<K extends Known, Ports>(
  flow: Flow<K, Ports>,
  trail: readonly TrailEntry[],
): readonly TrailEntry[] {
  return trail.flatMap((entry) => keptOf(flow, entry));
}

function keptOf<K extends Known, Ports>(flow: Flow<K, Ports>, entry: TrailEntry): TrailEntry[] {
  if (entry.did === 'open') return [entry];
  const kept = Object.entries(entry.inputs).flatMap(([id, input]): [string, Json][] => {
    const step = flow.steps.find((candidate) => candidate.id === id);
    if (step?.kind !== 'ask') return [];
    const again = step.reopened ? step.reopened(input) : input;
    return again === null ? [] : [[id, again]];
  });
  return kept.length > 0 ? [{ did: 'answer', inputs: Object.fromEntries(kept) }] : [];
}
