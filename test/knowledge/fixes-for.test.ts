import { expect, test } from '@jest/globals';
import { entries } from '../../src/knowledge/entries.ts';
import { fixesFor, type About } from '../../src/knowledge/index.ts';

const keyVault = {
  id: '/subscriptions/s/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv-a',
  name: 'kv-a',
  model: 'policies',
} as const;
const vm = { name: 'vm-a', resourceGroup: 'rg-a' };
const windows: About = { os: 'Windows', keyVault, hasAccess: false, vm };
const entryOf = (id: string) => entries.find((entry) => entry.id === id)!;
const agent = entryOf('vm-agent-not-responsive');
const access = entryOf('key-vault-permissions-not-configured');

test.each(['en', 'nl'] as const)('only what is written for the system of this VM, in %s', (locale) => {
  const own = fixesFor(agent, locale, windows).join('\n');
  expect(own).toMatch(/^Windows/m);
  expect(own).not.toMatch(/^Linux/m);
  const linux = fixesFor(agent, locale, { ...windows, os: 'Linux' }).join('\n');
  expect(linux).not.toMatch(/^Windows/m);
  expect(fixesFor(agent, locale, { ...windows, os: null })).toHaveLength(agent.fixes.length);
});

test.each(['en', 'nl'] as const)('only what fits how its key vault gives access, by name, in %s', (locale) => {
  const policies = fixesFor(access, locale, windows).join('\n');
  expect(policies).toContain(`${keyVault.id}/accessPolicies/add`);
  expect(policies).not.toMatch(/RBAC|<kv|<id of kv>/);
  const roles = fixesFor(access, locale, { ...windows, keyVault: { ...keyVault, model: 'roles' } }).join('\n');
  expect(roles).toContain(`--scope ${keyVault.id}`);
  expect(roles).not.toContain('accessPolicies');
  const given = fixesFor(access, locale, { ...windows, hasAccess: true }).join('\n');
  expect(given).not.toMatch(/RBAC|accessPolicies|portal/);
});

test('no fix of the table rewrites the access of a key vault, gives more than is needed, or is for another cloud', () => {
  for (const locale of ['en', 'nl'] as const)
    for (const entry of entries)
      expect(fixesFor(entry, locale, { ...windows, keyVault: null, os: null }).join('\n')).not.toMatch(
        /keyvault set-policy|Set-AzKeyVaultAccessPolicy|Key Vault Administrator|Azure Government|Fairfax/,
      );
});
