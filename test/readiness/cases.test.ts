import { describe, expect, test } from '@jest/globals';
import { codes, look } from './support/contoso.ts';
import { keyCases, machineCases } from './support/other-cases.ts';
import { placeCases } from './support/place-cases.ts';
import { policyCases } from './support/policy-cases.ts';
import { realWorld } from './support/real-world.ts';
import { laid, type Scenario, vmName } from './support/scenarios.ts';

async function holds(scenario: Scenario) {
  const seen = await look(laid(scenario), scenario.vm ?? vmName, scenario);
  const all = seen.findings.map(({ code }) => code);
  expect(all).toEqual(expect.arrayContaining([...scenario.codes]));
  expect({ verdict: seen.verdict, blocks: codes(seen, 'block') }).toMatchObject({ verdict: scenario.verdict });
  expect(scenario.also?.(seen) ?? true).toBe(true);
  expect(seen.depth).toBeLessThanOrEqual(5);
  expect(new Set(seen.calls).size).toBe(seen.calls.length);
}

const table = (cases: readonly Scenario[]) => cases.map((one) => [one.name, one] as const);

describe('real-world cases', () => {
  test.each(table(realWorld))('%s', (_name, scenario) => holds(scenario));
});
describe('the machine, its protection, its disks', () => {
  test.each(table(machineCases))('%s', (_name, scenario) => holds(scenario));
});
describe('key vaults, keys, rights', () => {
  test.each(table(keyCases))('%s', (_name, scenario) => holds(scenario));
});
describe('destinations and obstacles', () => {
  test.each(table(placeCases))('%s', (_name, scenario) => holds(scenario));
});
describe('what a VM needs from its policy', () => {
  test.each(table(policyCases))('%s', (_name, scenario) => holds(scenario));
});
