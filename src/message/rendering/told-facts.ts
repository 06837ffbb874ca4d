import type { Block } from '../card-data.ts';

type Facts = Extract<Block, { kind: 'facts' }>;

/** Facts that have something to say. */
export function toldFacts(told: readonly (readonly [title: string, value: string])[]): Facts {
  const facts = told.filter(([, value]) => value !== '').map(([title, value]) => ({ title, value }));
  return { kind: 'facts', facts };
}
