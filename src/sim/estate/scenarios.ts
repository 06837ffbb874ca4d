import type { World } from '../world.ts';
import type { SimState } from '../state.ts';

type Scenario = { about: string; load(state: SimState, now: Date): void };

const SCENARIOS: Record<string, Scenario> = {};

/** The names that can be loaded. */
export function scenarioNames(): string[] {
  return Object.keys(SCENARIOS);
}

/** Lays a scenario over the present state; tells what it is about, or null where there is none of this name. */
export function loadScenario(world: World, name: string): string | null {
  const scenario = SCENARIOS[name];
  if (!scenario) return null;
  scenario.load(world.state, world.now());
  return scenario.about;
}
