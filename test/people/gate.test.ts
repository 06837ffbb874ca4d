import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gateOf, type GateDecision } from '../../src/people/gate.ts';
import { operationNames } from '../../src/people/operations.ts';
import type { AzureHoldings } from '../../src/people/azure-role.ts';
import { demandsAzureRole, type Ask } from '../../src/people/rights.ts';
import { roles } from '../../src/people/roles.ts';
import { approvalTimes, type RolesAndRules, type Rule } from '../../src/people/rules.ts';

const person = { id: '00000000-0000-0000-0000-0000000000a1', groups: [] };
const nothing = { actions: [], notActions: [], dataActions: [], notDataActions: [], condition: null };
const need = { scope: '/subscriptions/s/resourceGroups/g/providers/P/t/n', actions: ['P/t/write'] };
const operation = fc.constantFrom(...operationNames);
const vm = fc.constantFrom('vm-sql-01', 'vm-app-01');
const asks = fc.array(
  fc.record({ operation, target: fc.record({ vm }), azure: fc.constantFrom([], [need]) }).map((ask): Ask => ask),
  { minLength: 1, maxLength: 4 },
);
const verdict = fc.constantFrom<Rule['verdict']>(
  { deny: true },
  { deny: false, approval: null },
  { deny: false, approval: 'operator' },
  { deny: false, approval: { approvals: 2, ...approvalTimes } },
);
const rule: fc.Arbitrary<Rule> = fc
  .record({
    operation: fc.option(operation),
    match: fc.record({ vm }, { requiredKeys: [] }),
    verdict,
    own: fc.boolean(),
  })
  .map(({ own, ...each }) => (own && !each.verdict.deny ? { ...each, azureRole: true } : each));
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
        const anywhere = gateOf({ person, asks: some, startable: null, inAzure: null }, given);
        const here = gateOf({ person, asks: some, startable: list, inAzure: null }, given);
        expect(rank(here)).toBeGreaterThanOrEqual(rank(anywhere));
        if (anywhere.gate === 'refused') expect(here).toEqual(anywhere);
        else expect(here.gate === 'refused').toBe(some.some((ask) => !list.includes(ask.operation)));
      }),
    );
  });

  test('that lists everything is like one that lists nothing', () => {
    fc.assert(
      fc.property(asks, config, (some, given) => {
        const question = { person, asks: some, inAzure: null };
        expect(gateOf({ ...question, startable: operationNames }, given)).toEqual(
          gateOf({ ...question, startable: null }, given),
        );
      }),
    );
  });
});

describe('what the person holds in Azure', () => {
  const owner: AzureHoldings = {
    roles: [{ scope: '/', condition: null, permissions: [{ ...nothing, actions: ['*'] }] }],
    denials: [],
  };
  const demanded = (some: readonly Ask[], { rules }: RolesAndRules) =>
    some.some(({ azure, ...deed }) => azure.length > 0 && demandsAzureRole(deed, rules));

  test('narrows what role, rules and channel allow if a rule requires it, and is read for nobody else', () => {
    fc.assert(
      fc.property(asks, config, (some, given) => {
        const question = { person, asks: some, startable: null };
        const without = gateOf({ ...question, inAzure: null }, given);
        expect(gateOf({ ...question, inAzure: () => owner }, given)).toEqual(without);
        const asked: unknown[] = [];
        const lacking = gateOf(
          { ...question, inAzure: (each) => (asked.push(each), { roles: [], denials: [] }) },
          given,
        );
        const isAsked = without.gate !== 'refused' && demanded(some, given);
        expect(asked.length > 0).toBe(isAsked);
        if (isAsked) expect(lacking).toMatchObject({ gate: 'refused', decision: { because: 'azure-role' } });
        else expect(lacking).toEqual(without);
      }),
    );
  });

  test.each(['azure-unread', 'not-in-entra'] as const)('that nobody can tell (%s) is a no, never a yes', (why) => {
    fc.assert(
      fc.property(asks, config, (some, given) => {
        const question = { person, asks: some, startable: null };
        const gate = gateOf({ ...question, inAzure: () => why }, given);
        if (!demanded(some, given)) return;
        expect(gate.gate).toBe('refused');
      }),
    );
  });
});
