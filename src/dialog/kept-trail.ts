import type { Json } from '../core/json.ts';
import type { Flow, Known } from './flow.ts';
import type { TrailEntry } from './state.ts';

/**
 * What people did, as far as its steps let it be kept when somebody only asks for the current state: nothing in it
 * starts a plan. `from`: answers to the steps before this one are kept as they are; absent: none of them.
 */
export function keptTrail<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  trail: readonly TrailEntry[],
  from?: string,
): readonly TrailEntry[] {
  const counts = from === undefined ? flow.steps : stepsFrom(flow, from);
  return trail.flatMap((entry): TrailEntry[] => {
    if (entry.did === 'open') return [entry];
    const kept = Object.entries(entry.inputs).flatMap(([id, input]): [string, Json][] => {
      const step = flow.steps.find((candidate) => candidate.id === id);
      if (step?.kind !== 'ask') return [];
      const again = step.reopened && counts.includes(step) ? step.reopened(input) : input;
      return again === null ? [] : [[id, again]];
    });
    return kept.length > 0 ? [{ did: 'answer', inputs: Object.fromEntries(kept) }] : [];
  });
}

/** What people did about the steps before one. */
export function trailBefore<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  trail: readonly TrailEntry[],
  stepId: string,
): readonly TrailEntry[] {
  const later = new Set(stepsFrom(flow, stepId).map((step) => step.id));
  return trail.flatMap((entry): TrailEntry[] => {
    if (entry.did === 'open') return later.has(entry.step) ? [] : [entry];
    const kept = Object.entries(entry.inputs).filter(([id]) => !later.has(id));
    return kept.length > 0 ? [{ did: 'answer', inputs: Object.fromEntries(kept) }] : [];
  });
}

/** Answers that a question may be filled in with when it is asked again. */
export function repeatable<K extends Known, Estate>(
  { steps }: Flow<K, Estate>,
  inputs: Readonly<Record<string, Json>>,
) {
  const kept = steps.filter((step) => step.kind === 'ask' && !step.reopened).map(({ id }) => id);
  return Object.fromEntries(Object.entries(inputs).filter(([id]) => kept.includes(id)));
}

function stepsFrom<K extends Known, Estate>({ steps }: Flow<K, Estate>, stepId: string) {
  return steps.slice(steps.findIndex(({ id }) => id === stepId));
}
