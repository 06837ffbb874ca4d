import type { Json } from '../core/json.ts';
import { begin } from './advance.ts';
import type { Flow, Known } from './flow.ts';
import type { DialogState, TrailEntry } from './state.ts';

/**
 * A new dialog that begins with the answers of one that was cancelled or expired, as far as their steps let them be kept.
 * What does not hold any more falls away when the readings come; nothing that starts a plan is kept.
 */
export function reopened<K extends Known, Ports>(flow: Flow<K, Ports>, closed: DialogState): DialogState {
  return { ...begin(flow.name), trail: closed.trail.flatMap((entry) => keptOf(flow, entry)) };
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
