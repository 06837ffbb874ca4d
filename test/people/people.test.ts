import { describe, expect, test } from '@jest/globals';
import { entraOfSlack, isEntraId, personName, personIdOf, slackIdOf } from '../../src/people/links.ts';
import { namedGroups } from '../../src/people/named-groups.ts';
import { approves, type Ask } from '../../src/people/rights.ts';
import { holds, type RoleGrant } from '../../src/people/roles.ts';

const ana = '00000000-0000-0000-0000-0000000000a1';
const ben = '00000000-0000-0000-0000-0000000000b1';
const people = [
  { entra: ana, slack: 'U012AB3CD', name: 'Ana de Vries' },
  { entra: ben, slack: null, name: null },
];

describe('who is who', () => {
  test('a linked person is one person on every platform', () => {
    expect(personIdOf('U012AB3CD', people)).toBe(ana);
    expect(personIdOf(ana.toUpperCase(), people)).toBe(ana);
    expect(personIdOf(ben, people)).toBe(ben);
  });

  test('an Entra ID is the same in any case, a Slack ID isn’t', () => {
    expect(personIdOf(ben.toUpperCase(), people)).toBe(ben);
    expect(personIdOf('u012ab3cd', people)).toBe('u012ab3cd');
    expect(entraOfSlack({ team: 'T1', user: 'u012ab3cd' }, people)).toBeNull();
    expect(holds({ kind: 'user', id: 'U012AB3CD' }, { id: 'u012ab3cd', groups: [] })).toBe(false);
    expect(holds({ kind: 'user', id: ana }, { id: ana.toUpperCase(), groups: [] })).toBe(true);
  });

  test('an unknown ID is kept; Entra IDs are normalised', () => {
    expect(personIdOf('user-id-0', people)).toBe('user-id-0');
    expect(personIdOf('AAAAAAAA-0000-0000-0000-0000000000A1', [])).toBe('aaaaaaaa-0000-0000-0000-0000000000a1');
    expect([isEntraId(ana), isEntraId('user-id-0')]).toEqual([true, false]);
  });

  test('names and Slack IDs are found by any ID, and none is invented', () => {
    expect([
      personName('U012AB3CD', people),
      personName(ana, people),
      personName(ben, people),
      personName('x', people),
    ]).toEqual(['Ana de Vries', 'Ana de Vries', null, null]);
    expect([slackIdOf(ana, people), slackIdOf(ben, people)]).toEqual(['U012AB3CD', null]);
  });
});

describe('approving', () => {
  const roles: RoleGrant[] = [
    { role: 'approver', to: { kind: 'user', id: ana }, where: {} },
    { role: 'approver', to: { kind: 'user', id: ben }, where: { vault: 'rsv-prod-*' } },
  ];
  const config = { roles, rules: [] };
  const ask = (vault: string): Ask => ({ operation: 'protect', target: { vault }, azure: [] });
  const by = (id: string) => ({ id, groups: [] });

  test('the role must apply to everything that the plan touches', () => {
    const both = [ask('rsv-prod-weu'), ask('rsv-test-weu')];
    expect([approves(by(ana), both, config), approves(by(ben), both, config)]).toEqual([true, false]);
    expect(approves(by(ben), both.slice(0, 1), config)).toBe(true);
    expect(approves(by('chris2'), both, config)).toBe(false);
  });

  test('a plan that touches nothing needs somebody who may approve everywhere', () => {
    expect([approves(by(ana), [], config), approves(by(ben), [], config)]).toEqual([true, false]);
  });

  test('only groups named in roles and rules are ever read', () => {
    const to = { kind: 'group' as const, id: 'ABCDEF00-0000-0000-0000-000000000001' };
    const more: RoleGrant[] = [...roles, { role: 'viewer', to, where: {} }, { role: 'admin', to, where: {} }];
    const named = [{ approvers: ['user:x', 'group:b1'], fallback: ['group:b2'] }];
    const approval = { approvals: 1, withinMs: 1, startMs: 1, named };
    const rule = { operation: null, match: {}, verdict: { deny: false as const, approval } };
    const breakGlass = { group: ['group:B3', 'user:y'] };
    expect(namedGroups({ roles: more, rules: [rule], breakGlass })).toEqual([to.id.toLowerCase(), 'b1', 'b2', 'b3']);
  });
});
