import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lackOf, type AzureHoldings, type AzureNeed } from '../../src/people/azure-role.ts';
import { leastRole } from '../../src/people/least-role.ts';

type HeldRole = AzureHoldings['roles'][number];

const subscription = '/subscriptions/c0de';
const group = `${subscription}/resourceGroups/rg-a`;
const vault = `${group}/providers/Microsoft.RecoveryServices/vaults/rsv`;
const backup = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/backup/action';
const nothing = { actions: [], notActions: [], dataActions: [], notDataActions: [], condition: null };
const need: AzureNeed = { scope: vault, actions: [backup] };

function role(given: Partial<HeldRole['permissions'][0]>, more: Partial<HeldRole> = {}): HeldRole {
  return { scope: subscription, condition: null, permissions: [{ ...nothing, ...given }], ...more };
}
function holding(...roles: HeldRole[]): AzureHoldings {
  return { roles, denials: [] };
}

describe('a role gives what is needed', () => {
  test.each([
    ['at the resource', vault],
    ['at its group', group.toUpperCase()],
    ['at the subscription', `${subscription}/`],
    ['at a management group', '/providers/Microsoft.Management/managementGroups/contoso'],
    ['at the root', '/'],
  ])('%s', (_, scope) => expect(lackOf([need], holding(role({ actions: ['*'] }, { scope })))).toBeNull());

  test.each([
    ['at a sibling whose name begins alike', `${vault}-2`],
    ['at another group', `${group}-b`],
    ['below it', `${vault}/backupPolicies/p`],
    ['in another subscription', '/subscriptions/beef'],
  ])('but not %s', (_, scope) =>
    expect(lackOf([need], holding(role({ actions: ['*'] }, { scope })))).toEqual({
      because: 'missing',
      scope: vault,
      actions: [backup],
    }),
  );

  test('without regard to case, and an exception of one role does not touch another', () => {
    const contributor = role({ actions: ['*'], notActions: [backup.toUpperCase()] });
    expect(lackOf([need], holding(contributor))?.because).toBe('missing');
    expect(lackOf([need], holding(contributor, role({ actions: [backup.toLowerCase()] })))).toBeNull();
  });

  test('data actions only if it has those', () => {
    const read = { scope: vault, actions: [], dataActions: ['Microsoft.KeyVault/vaults/keys/read'] };
    expect(lackOf([read], holding(role({ actions: ['*'] })))?.because).toBe('missing');
    expect(lackOf([read], holding(role({ dataActions: ['Microsoft.KeyVault/*'] })))).toBeNull();
  });
});

test('a condition, of the assignment or in the role itself, grants nothing, and that is reported', () => {
  const under = '@Resource[…] StringEquals …';
  for (const one of [role({ actions: ['*'] }, { condition: under }), role({ actions: ['*'], condition: under })]) {
    expect(lackOf([need], holding(one))?.because).toBe('condition');
    expect(lackOf([need], holding(one, role({ actions: [backup] })))).toBeNull();
  }
});

test('a deny assignment overrides every role, also below its scope unless it isn’t inherited', () => {
  const owner = holding(role({ actions: ['*'] }));
  const denied = (scope: string, childScopes: boolean) =>
    lackOf([need], {
      ...owner,
      denials: [{ scope, childScopes, permissions: [{ ...nothing, actions: ['*/action'] }] }],
    });
  expect(denied(group, true)?.because).toBe('denied');
  expect(denied(group, false)).toBeNull();
  expect(denied(vault.toUpperCase(), false)?.because).toBe('denied');
  expect(denied(`${group}-b`, true)).toBeNull();
});

const word = fc.constantFrom('a', 'B', 'constructor', '__proto__', '*', '.', '(');
const pattern = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('/'));
const action = fc
  .array(fc.constantFrom('A', 'b', 'constructor', '__proto__', '.', '('), { minLength: 1, maxLength: 4 })
  .map((words) => words.join('/'));
const scopes = ['/', subscription, group, vault, `${group}/providers/X/y/z`];
const block = fc.record({
  actions: fc.array(pattern, { maxLength: 3 }),
  notActions: fc.array(pattern, { maxLength: 2 }),
  dataActions: fc.array(pattern, { maxLength: 3 }),
  notDataActions: fc.array(pattern, { maxLength: 2 }),
  condition: fc.constantFrom(null, null, 'c'),
});
const anyHoldings: fc.Arbitrary<AzureHoldings> = fc.record({
  roles: fc.array(
    fc.record({
      scope: fc.constantFrom(...scopes),
      condition: fc.constantFrom(null, null, 'c'),
      permissions: fc.array(block, { minLength: 1, maxLength: 2 }),
    }),
    { maxLength: 4 },
  ),
  denials: fc.array(
    fc.record({
      scope: fc.constantFrom(...scopes),
      childScopes: fc.boolean(),
      permissions: fc.array(block, { minLength: 1, maxLength: 1 }),
    }),
    { maxLength: 1 },
  ),
});

/** Character by character, without a regular expression: a star matches any text. */
function naiveFit(entry: string, text: string): boolean {
  if (entry === '') return text === '';
  if (entry[0] === '*') return naiveFit(entry.slice(1), text) || (text !== '' && naiveFit(entry, text.slice(1)));
  return text !== '' && entry[0]!.toLowerCase() === text[0]!.toLowerCase() && naiveFit(entry.slice(1), text.slice(1));
}

function naivelyHeld(
  { roles, denials }: AzureHoldings,
  one: { action: string; scope: string; data: boolean },
): boolean {
  const above = (scope: string) => scope === '/' || one.scope === scope || one.scope.startsWith(`${scope}/`);
  const gives = (each: HeldRole['permissions'][0]) => {
    const [yes, no] = one.data ? [each.dataActions, each.notDataActions] : [each.actions, each.notActions];
    return yes.some((entry) => naiveFit(entry, one.action)) && !no.some((entry) => naiveFit(entry, one.action));
  };
  for (const denial of denials) {
    const reaches = denial.childScopes ? above(denial.scope) : denial.scope === one.scope;
    if (reaches && denial.permissions.some((each) => gives({ ...each, condition: null }))) return false;
  }
  for (const held of roles)
    if (above(held.scope) && held.condition === null)
      for (const each of held.permissions) if (each.condition === null && gives(each)) return true;
  return false;
}

test('it agrees with a naive implementation of the rules, for any assignments and needs', () => {
  const asked = fc.record({ action, scope: fc.constantFrom(...scopes.slice(1)), data: fc.boolean() });
  fc.assert(
    fc.property(anyHoldings, asked, (holdings, one) => {
      const { action: name, scope, data } = one;
      const wanted = { scope, actions: data ? [] : [name], dataActions: data ? [name] : [] };
      expect(lackOf([wanted], holdings) === null).toBe(naivelyHeld(holdings, one));
    }),
    { numRuns: 2000 },
  );
});

test('one more role never takes anything away, and one more denial never gives anything', () => {
  fc.assert(
    fc.property(anyHoldings, anyHoldings, fc.array(action, { minLength: 1 }), (some, more, actions) => {
      const needs = [{ scope: vault, actions }];
      const roles = { ...some, roles: [...some.roles, ...more.roles] };
      if (lackOf(needs, some) === null) expect(lackOf(needs, roles)).toBeNull();
      const denials = { ...some, denials: [...some.denials, ...more.denials] };
      if (lackOf(needs, some) !== null) expect(lackOf(needs, denials)).not.toBeNull();
    }),
  );
});

test.each([
  [[backup], 'Backup Operator'],
  [['Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action'], 'Backup Operator'],
  [['Microsoft.RecoveryServices/Vaults/backupPolicies/write', backup], 'Backup Contributor'],
  [
    ['Microsoft.Compute/virtualMachines/read', 'Microsoft.Compute/virtualMachines/write'],
    'Virtual Machine Contributor',
  ],
  [['Microsoft.KeyVault/vaults/accessPolicies/write'], 'Key Vault Contributor'],
  [['Microsoft.Authorization/roleAssignments/write'], 'Role Based Access Control Administrator'],
  [['Microsoft.Compute/virtualMachines/read'], 'Reader'],
  [['Microsoft.RecoveryServices/register/action'], 'Contributor'],
  [['constructor'], 'Owner'],
])('%j: the smallest role with all of it is %s', (actions, least) => expect(leastRole(actions)).toBe(least));
