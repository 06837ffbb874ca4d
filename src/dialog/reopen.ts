import { begin } from './advance.ts';
import type { Flow, Known } from './flow.ts';
import { keptTrail } from './kept-trail.ts';
import type { DialogState } from './state.ts';

/**
 * A new dialog that begins with the answers of one that has ended, as far as their steps let them be
 * kept. What no longer applies is dropped when the readings come; nothing that starts a plan is kept.
 */
export function reopened<K extends Known, Estate>(flow: Flow<K, Estate>, closed: DialogState): DialogState {
  const { trail, earlier } = closed;
  return { ...begin(flow.name), trail: keptTrail(flow, trail), ...(earlier && { earlier }) };
}
