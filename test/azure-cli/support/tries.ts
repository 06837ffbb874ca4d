import type { SimState } from '../../../src/sim/state/state.ts';
import type { AzureCli } from './azure-cli.ts';
import { subscription } from './filled.ts';
import { keyVaultCommands } from './key-vault-tries.ts';
import { machineCommands } from './machine-tries.ts';
import { change, first, item, known, plain, reachable, vmIs } from './preparing.ts';
import type { Try } from './try.ts';

const sub = `/subscriptions/${subscription}`;
const backupBegins = /^jobs\.[^.]+\.operation = "Backup"/;

const protectFirst = (vm: string) => async (cli: AzureCli) => {
  const [group, name] = vm.replace('rg-case;vm-case', 'rg-web;vm-plain-01').split(';');
  const id = `${sub}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
  const policy = '--policy-name DefaultPolicy';
  await reachable(cli);
  await first(cli, `az backup protection enable-for-vm -g rg-backup -v rsv-prod-weu --vm ${id} ${policy}`);
};

const unprotected = [
  ...['rg-web;vm-web-01', 'rg-web;vm-rbac-01', 'rg-web;vm-plain-01', 'rg-case;vm-case', 'rg-sql;vm-sql-01'],
  ...['rg-sql;vm-many-01', 'rg-app;vm-off-01', 'rg-hr;vm-split-01'],
];

const vaultIs = (fields: Partial<SimState['vaults'][number]>) =>
  change(({ vaults }) => ({
    vaults: vaults.map((vault) => (vault.name === 'rsv-prod-weu' ? { ...vault, ...fields } : vault)),
  }));

const tenantId = '00000000-0000-0000-0000-0000007e4a47';
const identity = { principalId: '00000000-0000-0000-0000-00000000f00d', tenantId };

/** What each kind of restore needs: which VM, which point, and who looks into the staging account. */
async function restorable(cli: AzureCli, line: string) {
  if (/--restore-mode/.test(line)) await change(...plain)(cli);
  if (/OriginalLocation/.test(line)) await change(vmIs('vm-app-01', { power: 'deallocated' }))(cli);
  if (/<private point>/.test(line)) await pointsAre({ privateAccess: true })(cli);
  if (/<archived point>/.test(line)) await pointsAre({ tiers: ['ArchivedRP'] })(cli);
  if (/--mi-system-assigned/.test(line)) await vaultIs({ identity })(cli);
  const { items } = await cli.state();
  const point = items.find(({ vmId }) => vmId.endsWith('/vm-app-01'))?.points[0]?.id ?? '';
  return { point, 'private point': point, 'archived point': point };
}

const pointsAre = (fields: Partial<SimState['items'][number]['points'][number]>) =>
  change(item(({ points }) => ({ points: points.map((one) => ({ ...one, ...fields })) })));

const backupCommands: readonly Try[] = [
  ...unprotected.map((vm): Try => ({
    when: new RegExp(`^az backup protection backup-now .*${vm}'`),
    before: protectFirst(vm),
    changes: backupBegins,
  })),
  { when: /^az backup protection backup-now/, before: async () => ({ rg: 'rg-backup' }), changes: backupBegins },
  {
    when: /^az backup protection enable-for-vm/,
    before: async (cli) => {
      await reachable(cli);
      const [vault, group] = ['rsv-prod-weu', 'rg-backup'];
      return { name: vault, naam: vault, group, groep: group };
    },
    changes: /^items\.vm-[a-z]+-\d+\.state = "IRPending"/,
  },
  {
    when: /^az backup protection update-for-vm .*resetexclusionsettings/,
    before: async (cli) => {
      await change(
        ...plain,
        item(() => ({ diskExclusion: { diskLunList: [0], isInclusionList: false } })),
      )(cli);
      return { rg: 'rg-backup' };
    },
    changes: /^items\.vm-app-01\.diskExclusion\.\S+ gone/,
  },
  {
    when: /^az backup protection update-for-vm/,
    before: change(...plain),
    changes: /^items\.vm-app-01\.diskExclusion\./,
  },
  { when: /^az backup protection disable/, changes: /^items\.vm-app-01\.state: "Protected" -> "ProtectionStopped"/ },
  {
    when: /^az backup protection resume/,
    before: change(item(() => ({ state: 'ProtectionStopped' }))),
    changes: /^items\.vm-app-01\.state: "ProtectionStopped" -> /,
  },
  {
    when: /^az backup protection undelete/,
    before: async (cli) => {
      const { clockOffsetMs } = await cli.state();
      const deletedAt = new Date(Date.now() + clockOffsetMs).toISOString();
      await change(item(() => ({ state: 'ProtectionStopped', deletedAt })))(cli);
    },
    changes: /^items\.vm-app-01\.deletedAt gone/,
  },
  { when: /^az backup restore restore-disks/, before: restorable, changes: /^jobs\.[^.]+\.operation = "Restore"/ },
  { when: /^az backup job show/, shows: /"operation": "Backup"/ },
  {
    when: /^az backup job stop/,
    before: async (cli) => {
      const where = "-c 'iaasvmcontainerv2;rg-app;vm-app-01' -i vm-app-01 --backup-management-type AzureIaasVM";
      await cli.control('POST', 'clock', { speed: 1 });
      const line = `az backup protection backup-now -g rg-backup -v rsv-prod-weu ${where} --retain-until 24-12-2026`;
      return { 'running job': await first(cli, `${line} --query name -o tsv`) };
    },
    changes: /^jobs\.[^.]+\.status: "InProgress" -> "Cancel/,
  },
  {
    when: /^az backup policy create/,
    before: change(({ policies }) => ({ policies: policies.filter(({ name }) => name !== 'gold') })),
    changes: /^policies\.rsv-prod-weu\/gold\.name = "gold"/,
  },
  { when: /^az backup policy set/, changes: /^policies\.rsv-prod-weu\/gold\.properties\./ },
  {
    when: /^az backup vault create/,
    before: async () => ({ vault: 'rsv-new-weu' }),
    changes: /^vaults\.rsv-new-weu\.name/,
  },
  { when: /^az backup vault update/, changes: /^vaults\.rsv-prod-weu\.immutability: "Disabled" -> "Unlocked"/ },
  {
    when: /^az backup vault backup-properties set/,
    before: vaultIs({ softDelete: 'Disabled' }),
    changes: /^vaults\.rsv-prod-weu\.softDelete: "Disabled" -> "Enabled"/,
  },
  {
    when: /^az backup vault resource-guard-mapping update/,
    before: async () => ({
      'Resource Guard id': `${sub}/resourceGroups/rg-security/providers/Microsoft.DataProtection/resourceGuards/guard`,
    }),
    changes: /^vaults\.rsv-prod-weu\.guard\.resourceGuardId = /,
  },
];

const assignment = 'e590a612-5f31-502d-8856-8a814de66533';
const keyVaultId = (name: string) => `${sub}/resourceGroups/rg-security/providers/Microsoft.KeyVault/vaults/${name}`;
const lock = { name: 'keep', scope: `${sub}/resourceGroups/rg-app`, level: 'CanNotDelete' as const };
const backupEntry = {
  ...{ tenantId, objectId: '00000000-0000-0000-0000-0000000bac09' },
  permissions: { keys: ['get', 'list', 'backup'], secrets: ['get', 'list', 'backup'] },
};

const accessCommands: readonly Try[] = [
  {
    when: /^az role assignment create/,
    before: async (cli) => {
      await change(known, ({ roleAssignments }) => ({
        roleAssignments: roleAssignments.filter(
          ({ principalId }) => !principalId.startsWith('00000000-0000-0000-0000-0000000b000'),
        ),
      }))(cli);
      return { 'that role': 'backup-key-reader', 'id of kv': keyVaultId('kv-rbac-weu') };
    },
    changes: /^roleAssignments\.\S+\.principalId = "00000000-0000-0000-0000-0000000b(0001|0003|ac09)"/,
  },
  {
    when: /^az role assignment delete/,
    before: change(({ roleAssignments: [one, ...others] }) => ({
      roleAssignments: [
        ...(one ? [one, { ...one, name: assignment, scope: keyVaultId('kv-rbac-weu') }] : []),
        ...others,
      ],
    })),
    changes: new RegExp(`^roleAssignments\\.${assignment}\\.name gone`),
  },
  {
    when: /^az rest .*accessPolicies\/remove/,
    before: async (cli) => {
      const body = JSON.stringify({ properties: { accessPolicies: [backupEntry] } });
      const url = `https://management.azure.com${keyVaultId('kv-web-weu')}/accessPolicies/add?api-version=2023-07-01`;
      await first(cli, `az rest --method put --url '${url}' --body '${body}'`);
    },
    changes: /^keyVaults\.kv-web-weu\.accessPolicies\.\d+\.permissions\.keys\.\d gone, was "backup"/,
  },
  {
    when: /^az rest .*accessPolicies\/add/,
    before: async () => ({ 'id of kv': keyVaultId('kv-web-weu'), tenant: tenantId }),
    changes: /^keyVaults\.kv-(web|kek)-weu\.accessPolicies\.\d+\.permissions\.keys\.\d = "backup"/,
  },
  { when: /^az ad sp show/, shows: /00000000-0000-0000-0000-0000000bac09/ },
  { when: /^az lock list/, before: change(() => ({ locks: [lock] })), shows: /"name": "keep"/ },
  {
    when: /^az lock delete/,
    before: async (cli) => {
      await change(() => ({ locks: [lock] }))(cli);
      return { lock: `${lock.scope}/providers/Microsoft.Authorization/locks/keep` };
    },
    changes: /^locks\.keep\.name gone/,
  },
];

const otherCommands: readonly Try[] = [
  {
    when: /^az provider register/,
    before: change(() => ({ providers: { 'Microsoft.RecoveryServices': 'NotRegistered' } })),
    changes: /^providers\.Microsoft\.RecoveryServices: "NotRegistered" -> "Regist/,
  },
  { when: /^az provider unregister/, changes: /^providers\.Microsoft\.RecoveryServices = "NotRegistered"/ },
  { when: /^az provider show/, shows: /"Registered"/ },
  {
    when: /^az feature register/,
    asks: /^404 POST .*\/features\/RestorePointSupportForConfidentialVMV2\/register/,
    onlySent: 'the simulator has no previews to register for',
  },
  {
    when: /^az storage blob delete/,
    before: async (cli) => {
      const blob = { account: 'stkluisweu', container: 'restored', name: 'disk.vhd', made: new Date().toISOString() };
      await change(() => ({ blobs: [{ ...blob, bytes: 512 }] }))(cli);
      return { container: blob.container, blob: blob.name };
    },
    changes: /^blobs\.disk\.vhd\.name gone/,
  },
  {
    when: /^az storage account (create|update)/,
    before: async () => ({ sa: 'stkluisweu', rg: 'rg-staging' }),
    asks: /^404 (PUT|PATCH|POST) .*(storageAccounts\/stkluisweu|checkNameAvailability)/,
    onlySent: 'the simulator has storage accounts, and makes and changes none',
  },
];

/** How each command is tried: the first that fits. */
export const tries: readonly Try[] = [
  ...[...backupCommands, ...keyVaultCommands, ...machineCommands],
  ...[...accessCommands, ...otherCommands],
];
