import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gateOf, type GateDecision } from '../../src/people/gate.ts';
import { operationNames } from '../../src/people/operations.ts';
import type { Ask } from '../../src/people/rights.ts';
import { roles } from '../../src/people/roles.ts';
import type { RolesAndRules, Rule } from '../../src/people/rules.ts';
import { approvalTimes } from '../../src/people/rules.ts';

const person = { id: '00000000-0000-0000-0000-0000000000a1', groups: [] };
const operation = fc.constantFrom(...operationNames);
const vm = fc.constantFrom('vm-sql-01', 'vm-app-01');
const asks = fc.array(
  fc.record({ operation, target: fc.record({ vm }) }).map((ask): Ask => ask),
  { minLength: 1, maxLength: 4 },
);
const verdict = fc.constantFrom<Rule['verdict']>(
  { deny: true },
  { deny: false, approval: 'operator' },
  { deny: false, approval: { approvals: 2, ...approvalTimes } },
);
const rule = fc.record({ operation: fc.option(operation), match: fc.record({ vm }, { requiredKeys: [] }), verdict });
const grant = fc.record({ role: fc.constantFrom(...roles), to: fc.constant({ kind: 'everyone' as const }) });
const config: fc.Arbitrary<RolesAndRules> = fc.record({
  roles: fc.array(
    grant.map((each) => ({ ...each, where: {} })),
    { maxLength: 4 },
  ),
  rules: fc.array(rule, { maxLength: 4 }),
});
const startable = fc.uniqueArray(operation);

function rank({ gate }: GateDecision): number {
  return ['open', 'approvals', 'refused'].indexOf(gate);
}

describe('a channel', () => {
  test('narrows what role and rules allow, and never widens it', () => {
    fc.assert(
      fc.property(asks, config, startable, (some, given, list) => {
        const anywhere = gateOf({ person, asks: some, startable: null }, given);
        const here = gateOf({ person, asks: some, startable: list }, given);
        expect(rank(here)).toBeGreaterThanOrEqual(rank(anywhere));
        if (anywhere.gate === 'refused') expect(here).toEqual(anywhere);
        else expect(here.gate === 'refused').toBe(some.some((ask) => !list.includes(ask.operation)));
      }),
    );
  });

  test('that lists everything is no other than one that lists nothing at all', () => {
    fc.assert(
      fc.property(asks, config, (some, given) => {
        const question = { person, asks: some };
        expect(gateOf({ ...question, startable: operationNames }, given)).toEqual(
          gateOf({ ...question, startable: null }, given),
        );
      }),
    );
  });
});
