import { describe, expect, test } from '@jest/globals';
import { lackOf } from '../../src/people/azure-role.ts';
import { gateOf, type InAzure } from '../../src/people/gate.ts';
import { entraOfSlack } from '../../src/people/links.ts';
import { matches, type Target } from '../../src/people/match.ts';
import type { OperationName } from '../../src/people/operations.ts';
import {
  approversOf,
  type Ask,
  decide,
  decideSomewhere,
  demandsAzureRole,
  holdersAt,
  mayAloneSomewhere,
  servedBy,
} from '../../src/people/rights.ts';
import { holds, type RoleGrant } from '../../src/people/roles.ts';
import {
  type Approval,
  approvalTimes,
  type RolesAndRules,
  type Rule,
  stricterApproval,
} from '../../src/people/rules.ts';
import { entryKey } from '../../src/core/approval-terms.ts';

const ana = { id: '00000000-0000-0000-0000-0000000000a1', groups: ['11111111-1111-1111-1111-111111111111'] };
const ben = { id: '00000000-0000-0000-0000-0000000000b1', groups: [] };
const everyone: RoleGrant['to'] = { kind: 'everyone' };
const operators: RoleGrant = { role: 'operator', to: everyone, where: {} };
const vm: Target = { vm: 'vm-sql-01', resourceGroup: 'rg-sql' };

function ask(operation: OperationName, target: Target = vm): Ask {
  return { operation, target, azure: [] };
}

function rule(approval: Approval | null, more: Partial<Rule> = {}): Rule {
  return { operation: null, match: {}, verdict: { deny: false, approval }, ...more };
}

function approvals(count: number) {
  return { approvals: count, ...approvalTimes };
}

describe('a rule that requires the person’s own Azure roles', () => {
  const need = { scope: '/subscriptions/s/resourceGroups/rg-sql', actions: ['P/t/write'] };
  const plan = { person: ana, asks: [{ ...ask('protect'), azure: [need] }], startable: null };
  const config = (rules: readonly Rule[]): RolesAndRules => ({ roles: [operators], rules });
  const required = config([rule(null, { azureRole: true })]);
  const nothing: InAzure = () => ({ roles: [], denials: [] });

  test('refuses who lacks them, and a plan that no such rule applies to is open to the same person', () => {
    expect(gateOf({ ...plan, inAzure: nothing }, required)).toMatchObject({
      ...{ gate: 'refused', decision: { because: 'azure-role', lack: { because: 'missing' } } },
    });
    expect(gateOf({ ...plan, inAzure: nothing }, config([]))).toEqual({ gate: 'open' });
  });

  test.each(['azure-unread', 'not-in-entra'] as const)('refuses whose roles aren’t known: %s', (because) =>
    expect(gateOf({ ...plan, inAzure: () => because }, required)).toMatchObject({
      ...{ gate: 'refused', decision: { because } },
    }),
  );

  test('applies where what it names couldn’t be read, and not where that is something else', () => {
    const ofVm = [rule(null, { azureRole: true, match: { vm: 'vm-sql-*' } })];
    expect(demandsAzureRole(ask('protect', { vm: null }), ofVm)).toBe(true);
    expect(demandsAzureRole(ask('protect', { vm: 'vm-web-01' }), ofVm)).toBe(false);
  });

  test('a role on a group of resources says nothing about another group whose name begins the same', () => {
    const permissions = [{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [], condition: null }];
    const on = (group: string) => ({ scope: `/subscriptions/s/resourceGroups/${group}`, condition: null, permissions });
    const holding = (group: string) => ({ roles: [on(group)], denials: [] });
    expect(lackOf([need], holding('rg-sql'))).toBeNull();
    expect(lackOf([need], holding('rg'))).toMatchObject({ because: 'missing' });
  });

  test('what is missing is told in the order of what helps: nothing against a denial, no role, a condition', () => {
    const block = (action: string) => ({ actions: [action], notActions: [], dataActions: [], notDataActions: [] });
    const scope = '/subscriptions/s';
    const roles = [{ scope, condition: 'c', permissions: [{ ...block('P/limited'), condition: null }] }];
    const denials = [{ scope, childScopes: true, permissions: [block('P/denied')] }];
    const lack = (...actions: string[]) => lackOf([{ ...need, actions }], { roles, denials })?.because;
    expect(lack('P/limited', 'P/none', 'P/denied')).toBe('denied');
    expect(lack('P/limited', 'P/none')).toBe('missing');
    expect(lack('P/limited')).toBe('condition');
  });
});

describe('roles', () => {
  test('a group gives them to its own members, in whatever case IDs are written', () => {
    const of = (id: string) => ({ kind: 'group' as const, id });
    expect(
      holds(of('AAAAAAAA-1111-1111-1111-111111111111'), {
        ...ben,
        groups: [`${'a'.repeat(8)}-1111-1111-1111-111111111111`],
      }),
    ).toBe(true);
    expect(holds(of('22222222-2222-2222-2222-222222222222'), ana)).toBe(false);
    expect(holds({ kind: 'user', id: ana.id.toUpperCase() }, ana)).toBe(true);
  });

  test('what couldn’t be read gives nobody a role there', () => {
    expect(matches({ vm: 'vm-sql-*' }, { vm: null })).toBe(false);
    expect(holdersAt('operator', { vm: null }, { roles: [{ ...operators, where: { vm: '*' } }], rules: [] })).toEqual(
      [],
    );
  });

  test('whoever started a job needs less to cancel that job, and for nothing else', () => {
    const may = (operation: OperationName) =>
      decide({ person: ana, operation, target: vm, startedBy: ana.id }, { roles: [operators], rules: [] });
    expect(may('cancel-job')).toMatchObject({ may: 'yes' });
    expect(may('undelete')).toMatchObject({ may: 'no', because: 'role', needs: 'approver' });
  });

  test('a member of Slack is somebody only if exactly one entry says so, for their own workspace', () => {
    const entry = (entra: string, slack: string) => ({ entra, slack, name: null });
    const member = { team: 'T1', user: 'U1' };
    expect(entraOfSlack(member, [entry(ana.id, 'T1/U1'), entry(ben.id, 'T2/U1')])).toBe(ana.id);
    expect(entraOfSlack(member, [entry(ben.id, 'T2/U1')])).toBeNull();
    expect(entraOfSlack(member, [entry(ana.id, 'U1'), entry(ben.id, 'T1/U1')])).toBeNull();
  });
});

describe('how many approvals', () => {
  test.each([
    [1, 3],
    [3, 1],
  ])('a plan whose parts need %s and %s needs the larger number', (first, second) => {
    const of = (operation: OperationName, count: number) => rule(approvals(count), { operation });
    const rules = [of('protect', first), of('back-up-now', second)];
    const asks = [ask('protect'), ask('back-up-now')];
    expect(gateOf({ person: null, asks, startable: null, inAzure: null }, { roles: [], rules })).toMatchObject({
      ...{ gate: 'approvals', approvals: { approvals: 3 }, ask: asks[first === 3 ? 0 : 1] },
    });
  });

  test('a rule for the VM itself decides, also if one for many VMs asks for more', () => {
    const rules = [
      rule(approvals(3), { match: { vm: 'vm-sql-*' } }),
      rule(approvals(1), { match: { vm: 'vm-sql-01' } }),
    ];
    const question = { person: ana, operation: 'restore-disks' as const };
    const decided = (name: string) => decide({ ...question, target: { vm: name } }, { roles: [operators], rules });
    expect(decided('vm-sql-01')).toMatchObject({ approval: { approvals: 1 } });
    expect(decided('vm-sql-02')).toMatchObject({ approval: { approvals: 3 } });
  });

  test('what needs two approvals is offered if a rule for some VM asks for two', () => {
    const offered = (count: number) => {
      const rules = [rule(approvals(count), { operation: 'replace-disks', match: { vm: 'vm-sql-01' } })];
      return decideSomewhere({ person: ana, operation: 'replace-disks' }, { roles: [operators], rules });
    };
    expect(offered(1)).toEqual({ may: 'no', because: 'too-few-approvals', fewest: 2 });
    expect(offered(2)).toEqual({ may: 'yes', approval: approvals(2) });
  });

  test('somebody may act alone somewhere if a rule for that operation says so', () => {
    const alone = (operation: OperationName | null, verdict: Rule['verdict']) =>
      mayAloneSomewhere('protect', { rules: [{ operation, match: {}, verdict }] });
    expect(alone(null, { deny: false, approval: 'operator' })).toBe(true);
    expect(alone('undelete', { deny: false, approval: 'operator' })).toBe(false);
    expect(alone(null, { deny: false, approval: approvals(1) })).toBe(false);
    expect(alone(null, { deny: true })).toBe(false);
  });
});

describe('named approvers', () => {
  const entry = { approvers: [`user:${ana.id}`], fallback: [`user:${ben.id}`] };

  test('a fallback counts and is asked in the second half of the time only', () => {
    const roles: RoleGrant[] = [{ role: 'approver', to: everyone, where: {} }];
    const now = (isLate: boolean) => ({ named: [entry], isLate });
    expect([servedBy(ben, now(false)), servedBy(ben, now(true))]).toEqual([[], [entryKey(entry)]]);
    const named = (isLate: boolean) => approversOf([ask('protect')], now(isLate), { roles, rules: [] });
    expect([named(false), named(true)]).toEqual([[entry.approvers], [[...entry.approvers, ...entry.fallback]]]);
  });

  test('without names, those who can approve all that the plan touches are asked', () => {
    const approver = (person: string, match: RoleGrant['where']): RoleGrant => ({
      ...{ role: 'approver', to: { kind: 'user', id: person }, where: match },
    });
    const roles = [approver(ana.id, {}), approver(ben.id, { vm: 'vm-sql-01' })];
    const asked = (...vms: string[]) =>
      approversOf(
        vms.map((name) => ask('protect', { vm: name })),
        { named: [], isLate: false },
        { roles, rules: [] },
      );
    expect(asked('vm-sql-01')).toEqual([[`user:${ana.id}`, `user:${ben.id}`]]);
    expect(asked('vm-sql-01', 'vm-web-01')).toEqual([[`user:${ana.id}`]]);
  });

  test('of two rules that name people, each keeps its own, with its number', () => {
    const other = { approvers: ['group:dba'], fallback: [] };
    const both = [
      { ...entry, approvals: 1 },
      { ...other, approvals: 2 },
    ];
    expect(stricterApproval({ ...approvals(1), named: [entry] }, { ...approvals(2), named: [other] })).toEqual({
      ...{ ...approvals(2), named: both },
    });
  });
});
