import { ownOf } from '../core/own-of.ts';
import type { Flow, Known } from './flow.ts';
import { positionIn, type DialogState, type TrailEntry } from './state.ts';

/**
 * Fits a stored dialog to today's flow: renames what was renamed and keeps the longest beginning of the trail that
 * today's flow accepts. `shortened` says whether a question will be asked again.
 */
export function revive<K extends Known, Estate>(
  flow: Flow<K, Estate>,
  stored: DialogState,
): { readonly state: DialogState; readonly shortened: boolean } {
  if (stored.status !== 'open' && stored.status !== 'checking') return { state: stored, shortened: false };
  const renamed = stored.trail.map((entry) => renameEntry(entry, flow.renamed ?? {}));
  const works = (length: number) =>
    renamed.slice(0, length).every((entry) => knowsSteps(flow, entry)) &&
    !positionIn(flow, { ...stored, trail: renamed.slice(0, length) }).refusal;
  let kept = renamed.length;
  while (kept > 0 && !works(kept)) kept -= 1;
  const trail = renamed.slice(0, kept);
  const shortened = trail.length < renamed.length;
  const state = { ...stored, trail };
  if (!shortened && awaitsKnownSteps(flow, state)) return { state, shortened };
  return { state: { ...stored, trail, status: 'open', pending: [], fresh: [] }, shortened };
}

function renameEntry(entry: TrailEntry, renamed: Readonly<Record<string, string>>): TrailEntry {
  if (entry.did === 'open') return { did: 'open', step: ownOf(renamed, entry.step) ?? entry.step };
  const inputs = Object.entries(entry.inputs).map(([id, input]) => [ownOf(renamed, id) ?? id, input] as const);
  return { did: 'answer', inputs: Object.fromEntries(inputs) };
}

/** Whether today's flow still makes every reading that a dialog in its last check waits for. */
function awaitsKnownSteps<K extends Known, Estate>(flow: Flow<K, Estate>, state: DialogState): boolean {
  const { known } = positionIn(flow, state);
  const finds = new Set(flow.steps.filter((step) => step.kind === 'find').map((step) => step.id));
  return state.pending.every((id) => finds.has(id) && (state.approved || Object.hasOwn(known, id)));
}

function knowsSteps<K extends Known, Estate>(flow: Flow<K, Estate>, entry: TrailEntry): boolean {
  const asks = new Set(flow.steps.filter((step) => step.kind === 'ask').map((step) => step.id));
  return entry.did === 'open' ? asks.has(entry.step) : Object.keys(entry.inputs).every((id) => asks.has(id));
}
