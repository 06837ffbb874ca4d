import { expect, test } from '@jest/globals';
import { entries } from '../../src/knowledge/entries.ts';
import { fixesFor, type About } from '../../src/knowledge/index.ts';

const keyVault = {
  id: '/subscriptions/s/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv-a',
  name: 'kv-a',
  model: 'policies',
} as const;
const vm = { name: 'vm-a', resourceGroup: 'rg-a' };
const vaultId = '/subscriptions/s/resourceGroups/rg-vaults/providers/Microsoft.RecoveryServices/vaults/rsv-a';
const windows: About = { os: 'Windows', keyVault, hasAccess: false, vm, vaultId };
const now = new Date('2026-11-28T08:00:00Z');
const entryOf = (id: string) => entries.find((entry) => entry.id === id)!;
const agent = entryOf('vm-agent-not-responsive');
const access = entryOf('key-vault-permissions-not-configured');

test.each(['en', 'nl'] as const)('only what is for this VM’s operating system, in %s', (locale) => {
  const own = fixesFor(agent, { locale, now }, windows).join('\n');
  expect(own).toMatch(/^Windows/m);
  expect(own).not.toMatch(/^Linux/m);
  const linux = fixesFor(agent, { locale, now }, { ...windows, os: 'Linux' }).join('\n');
  expect(linux).not.toMatch(/^Windows/m);
  expect(fixesFor(agent, { locale, now }, { ...windows, os: null })).toHaveLength(agent.fixes.length);
});

test.each(['en', 'nl'] as const)('only what fits its key vault’s permission model, by name, in %s', (locale) => {
  const policies = fixesFor(access, { locale, now }, windows).join('\n');
  expect(policies).toContain(`${keyVault.id}/accessPolicies/add`);
  expect(policies).not.toMatch(/RBAC|<kv|<id of kv>/);
  const roles = fixesFor(access, { locale, now }, { ...windows, keyVault: { ...keyVault, model: 'roles' } }).join('\n');
  expect(roles).toContain(`--scope ${keyVault.id}`);
  expect(roles).not.toContain('accessPolicies');
  const given = fixesFor(access, { locale, now }, { ...windows, hasAccess: true }).join('\n');
  expect(given).not.toMatch(/RBAC|accessPolicies|portal/);
});

test('no fix in the table rewrites a key vault’s access, gives more than needed, or is for another cloud', () => {
  for (const locale of ['en', 'nl'] as const)
    for (const entry of entries)
      expect(fixesFor(entry, { locale, now }, { ...windows, keyVault: null, os: null }).join('\n')).not.toMatch(
        /keyvault set-policy|Set-AzKeyVaultAccessPolicy|Key Vault Administrator|Azure Government|Fairfax/,
      );
});

test.each(['en', 'nl'] as const)('known placeholders are filled in, and unknown ones are named, in %s', (locale) => {
  const fixes = entries.flatMap((entry) => fixesFor(entry, { locale, now }, windows));
  const backUp = fixes.filter((fix) => fix.includes('backup-now'));
  expect(backUp.length).toBeGreaterThan(0);
  for (const fix of backUp)
    expect(fix).toContain(
      '--resource-group rg-vaults --vault-name rsv-a --container-name vm-a --item-name vm-a --backup-management-type AzureIaasVM --retain-until 28-12-2026',
    );
  const said = { en: 'Fill in yourself:', nl: 'Zelf in te vullen:' }[locale];
  for (const fix of fixes) expect([fix, /(?<!_)<[^<>]+>/.test(fix)]).toEqual([fix, fix.includes(said)]);
  // What is to be created or chosen is in no known group or vault yet.
  const made = fixes.filter((fix) => /vault create|account create/.test(fix));
  expect(made.length).toBeGreaterThan(0);
  for (const fix of made) expect(fix).toContain('<rg>');
});
