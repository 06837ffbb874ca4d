import type { World } from '../state/world.ts';
import { keyCases } from './key-cases.ts';
import type { Scenario } from './seed.ts';
import { machineCases } from './machine-cases.ts';
import { protectionCases } from './protection-cases.ts';

/** Real-world cases added to the estate, by name. Each changes little, so they can be combined. */
const SCENARIOS: Record<string, Scenario> = { ...keyCases, ...machineCases, ...protectionCases };

/** The names that can be loaded, each with what it is about. */
export function scenarioNames(): Record<string, string> {
  return Object.fromEntries(Object.entries(SCENARIOS).map(([name, scenario]) => [name, scenario.about]));
}

/** Adds a scenario to the present state; returns what it is about, or null if there is none with this name. */
export function loadScenario(world: World, name: string): string | null {
  const scenario = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
  if (!scenario) return null;
  scenario.load(world.state, world.now());
  return scenario.about;
}
