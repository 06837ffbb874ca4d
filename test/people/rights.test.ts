import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultConfig } from '../../src/config/kluis-config.ts';
import type { Match, Target } from '../../src/people/match.ts';
import { type OperationName, operationNames } from '../../src/people/operations.ts';
import { decide, decideSomewhere, type Decision, everyoneViews, rightsOf, viewersIn } from '../../src/people/rights.ts';
import { type Member, type RoleGrant, roles } from '../../src/people/roles.ts';
import { approvalTimes, compareRules, type RolesAndRules, type Rule } from '../../src/people/rules.ts';

type Question = Parameters<typeof decide>[0];
type Verdict = Rule['verdict'];

const ana = { id: '00000000-0000-0000-0000-0000000000a1', groups: ['11111111-1111-1111-1111-111111111111'] };
const ben = { id: '00000000-0000-0000-0000-0000000000b1', groups: [] };
const vm: Target = { vm: 'vm-sql-01', resourceGroup: 'rg-sql', subscription: 'c0de', tags: { env: 'prod' } };
const everyoneAll: RoleGrant[] = roles.map((role) => ({ role, to: { kind: 'everyone' }, where: {} }));
const one = { approvals: 1, ...approvalTimes };
const operatorAlone: Verdict = { deny: false, approval: 'operator' };

function rule(verdict: Verdict, match: Match = {}, operation: OperationName | null = null): Rule {
  return { operation, match, verdict };
}

function approvals(count: number, withinMs: number = approvalTimes.withinMs): Verdict {
  return { deny: false, approval: { approvals: count, withinMs, startMs: approvalTimes.startMs } };
}

function shorter(a: readonly [number, number], b: readonly [number, number]): readonly [number, number] {
  return a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]) ? a : b;
}

function asked(operation: OperationName, rules: Rule[], target: Target = vm): Decision {
  return decide({ person: ana, operation, target }, { roles: everyoneAll, rules });
}

describe('roles', () => {
  const group: RoleGrant = { role: 'operator', to: { kind: 'group', id: ana.groups[0]!.toUpperCase() }, where: {} };
  const scoped: RoleGrant = { role: 'approver', to: { kind: 'user', id: ana.id }, where: { resourceGroup: 'rg-*' } };

  test('a person has the roles given to everyone, to them and to their groups; any role can view', () => {
    expect(rightsOf(ana, { roles: [group], rules: [] })).toEqual({ everywhere: ['viewer', 'operator'], somewhere: [] });
    expect(rightsOf(ben, { roles: [group], rules: [] })).toEqual({ everywhere: [], somewhere: [] });
    expect(rightsOf(ana, { roles: [scoped], rules: [] })).toEqual({
      everywhere: [],
      somewhere: ['viewer', 'approver'],
    });
  });

  test('everyone can view where any role is for everyone everywhere; who is a viewer is named as written', () => {
    const everyone: RoleGrant = { role: 'approver', to: { kind: 'everyone' }, where: {} };
    expect(everyoneViews({ roles: [scoped, group] })).toBe(false);
    expect(everyoneViews({ roles: [scoped, everyone] })).toBe(true);
    expect(everyoneViews({ roles: [{ ...everyone, where: { vm: '*' } }] })).toBe(false);
    const viewers = ['viewer', 'viewer', 'operator'].map((role): RoleGrant => ({ ...group, role }) as RoleGrant);
    expect(viewersIn({ roles: [...viewers, { ...scoped, role: 'viewer' }] })).toEqual([
      `group:${ana.groups[0]}`,
      `user:${ana.id}`,
    ]);
  });

  test('a role with a scope applies there and nowhere else', () => {
    const config = { roles: [scoped], rules: [] };
    const at = (target: Target) => decide({ person: ana, operation: 'undelete', target }, config).may;
    expect(at(vm)).toBe('yes');
    expect(at({ ...vm, resourceGroup: 'other' })).toBe('no');
    expect(at({ vault: 'rsv-prod-weu' })).toBe('no');
  });

  test('a refusal names the needed role and who has it there', () => {
    const elsewhere: RoleGrant = { ...group, where: { vm: 'vm-web-*' }, to: { kind: 'everyone' } };
    expect(decide({ person: ben, operation: 'protect', target: vm }, { roles: [group, elsewhere], rules: [] })).toEqual(
      {
        may: 'no',
        because: 'role',
        needs: 'operator',
        holders: [`group:${ana.groups[0]!.toUpperCase()}`],
      },
    );
  });

  test('without a scope, a role held anywhere is enough; a refusal names all who have it; a denial denies', () => {
    const admin: RoleGrant = { role: 'admin', to: { kind: 'user', id: ana.id }, where: { vault: 'rsv-test-*' } };
    const somewhere = (person: Member, config: RolesAndRules) =>
      decideSomewhere({ person, operation: 'create-policy' }, config);
    expect(somewhere(ana, { roles: [admin], rules: [] })).toEqual({ may: 'yes', approval: 'none' });
    expect(somewhere(ben, { roles: [admin], rules: [] })).toEqual({
      may: 'no',
      because: 'role',
      needs: 'admin',
      holders: [`user:${ana.id}`],
    });
    const denied = { operation: 'create-policy' as const, match: {}, verdict: { deny: true as const } };
    expect(somewhere(ana, { roles: [admin], rules: [denied] })).toMatchObject({ may: 'no', because: 'rule' });
  });

  test('an auditor or an approver can only view', () => {
    const config = { roles: [{ ...scoped, role: 'auditor' as const, where: {} }], rules: [] };
    expect(rightsOf(ana, config).everywhere).toEqual(['viewer', 'auditor']);
    for (const operation of operationNames)
      expect(decide({ person: ana, operation, target: vm }, config)).toMatchObject({ may: 'no', because: 'role' });
  });

  test('a job can be cancelled by the person who started it or by an administrator', () => {
    const operators = { roles: defaultConfig('simulator').roles, rules: [] };
    const cancel = (startedBy: string | null) =>
      decide({ person: ana, operation: 'cancel-job', target: vm, startedBy }, operators);
    expect(cancel(ana.id.toUpperCase())).toEqual({ may: 'yes', approval: 'none' });
    expect(cancel(ben.id)).toMatchObject({ may: 'no', because: 'role', needs: 'admin' });
    expect(cancel(null)).toMatchObject({ may: 'no', needs: 'admin' });
    // Who may not cancel their own job any more is told of the role that would be enough.
    const nobody = { roles: [], rules: [] };
    expect(decide({ person: ana, operation: 'cancel-job', target: vm, startedBy: ana.id }, nobody)).toMatchObject({
      ...{ may: 'no', because: 'role', needs: 'operator' },
    });
    expect(decide({ person: ana, operation: 'cancel-job', target: vm }, { roles: everyoneAll, rules: [] }).may).toBe(
      'yes',
    );
  });
});

describe('the embedded defaults', () => {
  const simulator = defaultConfig('simulator');
  const table: Record<OperationName, unknown> = {
    protect: 'none',
    'back-up-now': 'none',
    'register-provider': 'none',
    'grant-key-vault-access': 'operator',
    'recover-key-vault': one,
    'restore-disks': one,
    'restore-vm': one,
    'replace-disks': 'rule',
    'create-vm': one,
    'push-ade-extension': one,
    'check-vm': 'none',
    'clean-up-staging': 'none',
    drill: one,
    'delete-drill': 'none',
    'allow-vm-without-kek': one,
    'end-kek-exception': 'none',
    'allow-drills': one,
    'end-drills': 'none',
    'restore-key-and-secret': one,
    'point-disks-to-keys': one,
    'create-policy': 'admin',
    'change-policy': 'admin',
    'stop-protection': 'none',
    'resume-protection': 'none',
    undelete: 'none',
    'cancel-job': 'admin',
  };

  test.each(operationNames)('%s with the simulator', (operation) => {
    const decision = decide({ person: { id: 'user-42', groups: [] }, operation, target: vm }, simulator);
    const expected = table[operation];
    if (expected === 'admin')
      expect(decision).toMatchObject({ may: 'no', because: 'role', needs: 'admin', holders: [] });
    else if (expected === 'rule') expect(decision).toEqual({ may: 'no', because: 'too-few-approvals', fewest: 2 });
    else expect(decision).toEqual({ may: 'yes', approval: expected });
  });

  test.each([
    [{ deny: false, approval: 'operator' }, 'no'],
    [{ deny: false, approval: { approvals: 1, ...approvalTimes } }, 'no'],
    [{ deny: false, approval: { approvals: 2, ...approvalTimes } }, 'yes'],
  ] as const)('disks are replaced only under a rule that requires two approvals: %j', (verdict, may) => {
    const rules = [{ operation: 'replace-disks' as const, match: {}, verdict }];
    expect(decide({ person: ana, operation: 'replace-disks', target: vm }, { ...simulator, rules }).may).toBe(may);
  });

  test('with Azure nobody may do anything until kluis.yaml says who', () => {
    const nobody = defaultConfig('azure');
    expect(rightsOf(ana, nobody)).toEqual({ everywhere: [], somewhere: [] });
    for (const operation of operationNames)
      expect(decide({ person: ana, operation, target: vm, startedBy: ana.id }, nobody).may).toBe('no');
  });

  test('a grant needs a second person unless a rule says otherwise', () => {
    expect(asked('grant-key-vault-access', [])).toEqual({ may: 'yes', approval: one });
  });
});

describe('rules', () => {
  test.each<[string, Rule[], unknown]>([
    ['the one that matches', [rule(approvals(2), { vm: 'VM-SQL-*' }, 'restore-disks')], 2],
    ['not one for another operation', [rule(approvals(2), {}, 'protect')], 1],
    ['not one for another VM', [rule(approvals(2), { vm: 'vm-web-*' })], 1],
    ['not one for a key vault that this is not about', [rule(approvals(2), { keyVault: '*' })], 1],
    ['all facets have to fit', [rule(approvals(2), { vm: 'vm-sql-01', tag: 'env=test' })], 1],
    [
      'a tag by name, value or pattern',
      [rule(approvals(3), { tag: 'ENV=pr*' }), rule(approvals(2), { tag: 'env' })],
      3,
    ],
    [
      'an exact name over a pattern',
      [rule(approvals(2), { vm: 'vm-sql-*' }), rule(approvals(3), { vm: 'vm-sql-01' })],
      3,
    ],
    ['a longer pattern over a shorter', [rule(approvals(2), { vm: 'vm-*' }), rule(approvals(3), { vm: 'vm-sql*' })], 3],
    ['a VM over its group', [rule(approvals(2), { resourceGroup: 'rg-sql' }), rule(approvals(3), { vm: 'vm-*' })], 3],
    ['a place over an operation', [rule(approvals(2), {}, 'restore-disks'), rule(approvals(3), { tag: 'env' })], 3],
    ['with its operation over without', [rule(approvals(2)), rule(approvals(3), {}, 'restore-disks')], 3],
    [
      'the stricter of two that are equally specific',
      [rule(approvals(2), { vm: 'vm-s*1' }), rule(operatorAlone, { vm: 'vm-*01' })],
      2,
    ],
  ])('%s decides', (_name, rules, expected) => {
    expect(asked('restore-disks', rules)).toMatchObject({ may: 'yes', approval: { approvals: expected } });
    expect(asked('restore-disks', [...rules].reverse())).toEqual(asked('restore-disks', rules));
  });

  test('of two equal ones, that with less time decides: to approve, then to start', () => {
    const hours = fc.integer({ min: 1, max: 48 }).map((n) => n * 3_600_000);
    const times = fc.tuple(hours, hours);
    fc.assert(
      fc.property(times, times, fc.boolean(), (a, b, sameWithin) => {
        const [first, second] = [a, sameWithin ? ([a[0], b[1]] as const) : b].map(([withinMs, startMs]) =>
          rule({ deny: false, approval: { approvals: 2, withinMs, startMs } }),
        ) as [Rule, Rule];
        const [withinMs, startMs] = shorter(a, sameWithin ? [a[0], b[1]] : b);
        for (const rules of [
          [first, second],
          [second, first],
        ])
          expect(asked('restore-disks', rules)).toEqual({ may: 'yes', approval: { approvals: 2, withinMs, startMs } });
      }),
    );
  });

  test('deny overrides an exact allow, and the answer names the rule', () => {
    const deny = rule({ deny: true }, { tag: 'env=prod' });
    expect(asked('restore-disks', [rule(operatorAlone, { vm: 'vm-sql-01' }, 'restore-disks'), deny])).toEqual({
      may: 'no',
      because: 'rule',
      rule: deny,
      unread: [],
    });
  });

  test('a restricting rule may match the VM and its target together; a permissive one must match a single place', () => {
    const match = { vm: 'vm-sql-*', resourceGroup: 'rg-restore' };
    const also = [{ resourceGroup: 'rg-restore', subscription: 'c0de' }];
    const restoring = (verdict: Verdict, places: readonly Target[]) => {
      const question = { person: ana, operation: 'restore-disks' as const, target: vm, also: places };
      return decide(question, { roles: everyoneAll, rules: [rule(verdict, match)] });
    };
    expect(restoring({ deny: true }, also)).toMatchObject({ may: 'no', because: 'rule', unread: [] });
    expect(restoring(approvals(3), also)).toMatchObject({ approval: { approvals: 3 } });
    expect(restoring({ deny: true }, [{ resourceGroup: 'rg-other' }])).toMatchObject({ may: 'yes' });
    expect(restoring({ deny: true }, [{ resourceGroup: null }])).toMatchObject({ unread: ['resourceGroup'] });
    expect(restoring(operatorAlone, also)).toMatchObject({ approval: one });
    expect(restoring(operatorAlone, [{ ...vm, ...also[0] }])).toMatchObject({ approval: 'operator' });
  });

  test('a narrowed role says nothing about where a restore goes; a rule does', () => {
    const roles: RoleGrant[] = [{ role: 'operator', to: { kind: 'everyone' }, where: { resourceGroup: 'rg-sql' } }];
    const deny = rule({ deny: true }, { vm: 'vm-sql-*', resourceGroup: 'rg-web' }, 'restore-disks');
    const into = (resourceGroup: string, rules: Rule[]) => {
      const also = [{ resourceGroup, subscription: 'c0de' }];
      return decide({ person: ben, operation: 'restore-disks', target: vm, also }, { roles, rules }).may;
    };
    expect(into('rg-web', [])).toBe('yes');
    expect(into('rg-web', [deny])).toBe('no');
    expect(into('rg-restore', [deny])).toBe('yes');
  });
});

const anyMatch: fc.Arbitrary<Match> = fc.record(
  {
    vm: fc.constantFrom('vm-sql-01', 'vm-*', 'vm-sql-*', '*', 'vm-web-*'),
    keyVault: fc.constantFrom('kv-a', 'KV-*'),
    resourceGroup: fc.constantFrom('rg-sql', 'rg-*', '*'),
    tag: fc.constantFrom('env', 'env=*', 'env=prod', '*=prod'),
    vault: fc.constantFrom('rsv', 'rsv*'),
    subscription: fc.constant('c0de'),
  },
  { requiredKeys: [] },
);
const anyVerdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.constant<Verdict>({ deny: true }),
  fc.constant(operatorAlone),
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 })).map(([n, within]) => approvals(n, within)),
);
const anyOperation = fc.constantFrom<OperationName[]>('restore-disks', 'protect');
const anyRule: fc.Arbitrary<Rule> = fc.record({
  operation: fc.option(anyOperation),
  match: anyMatch,
  verdict: anyVerdict,
});
const anyTarget: fc.Arbitrary<Target> = fc.record({
  vm: fc.constantFrom('vm-sql-01', 'vm-sql-02', 'vm-web-02'),
  resourceGroup: fc.constantFrom('rg-sql', 'other'),
  subscription: fc.constant('C0DE'),
  tags: fc.constantFrom<Record<string, string>[]>({ env: 'prod' }, { ENV: 'Test', tier: '1' }, {}),
  keyVault: fc.constantFrom('kv-a', 'kv-b'),
  vault: fc.constantFrom('rsv', 'rsv-2'),
});
const anyQuestion: fc.Arbitrary<Question> = fc.record({
  person: fc.constantFrom(ana, ben),
  operation: anyOperation,
  target: anyTarget,
});
const applies = (one: Rule, question: Question) =>
  decide(question, config([{ ...one, verdict: { deny: true } }])).may === 'no';
const config = (rules: readonly Rule[]) => ({ roles: everyoneAll, rules });

describe('whatever the rules', () => {
  test('their order does not matter', () => {
    const shuffled = fc
      .array(anyRule, { maxLength: 8 })
      .chain((rules) => fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length })));
    fc.assert(
      fc.property(shuffled, anyQuestion, ([rules, mixed], question) => {
        const outcome = (decision: Decision) => (decision.may === 'yes' ? decision : decision.because);
        expect(outcome(decide(question, config(mixed)))).toEqual(outcome(decide(question, config(rules))));
      }),
      { numRuns: 500 },
    );
  });

  test('a matching deny always wins', () => {
    fc.assert(
      fc.property(fc.array(anyRule), anyMatch, anyQuestion, (rules, match, question) => {
        const deny = rule({ deny: true }, match);
        fc.pre(applies(deny, question));
        expect(decide(question, config([...rules, deny])).may).toBe('no');
      }),
    );
  });

  test('a less specific rule that doesn’t deny changes nothing if a more specific one matches', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { minLength: 1 }), anyRule, anyQuestion, (rules, added, question) => {
        const top = rules.filter((one) => applies(one, question)).sort((a, b) => compareRules(b, a))[0];
        fc.pre(!added.verdict.deny && top !== undefined && compareRules(added, top) < 0);
        expect(decide(question, config([...rules, added]))).toEqual(decide(question, config(rules)));
      }),
      { numRuns: 500 },
    );
  });

  test('no rule gives a role', () => {
    fc.assert(
      fc.property(fc.array(anyRule), anyQuestion, (rules, question) => {
        expect(decide(question, { roles: [], rules })).toMatchObject({ may: 'no', because: 'role' });
      }),
    );
  });
});
