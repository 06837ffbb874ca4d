/** The estate of contoso as facts, and how to get from a VM's name to its assessment. */
import type { DiskKeys, RecoveryPoint, VmFacts } from '../../../src/azure/gateway.ts';
import { keyOfId } from '../../../src/core/arm-id.ts';
import { assess } from '../../../src/readiness/assess/assess.ts';
import type { Assessment } from '../../../src/readiness/findings/assessment.ts';
import type { ChosenDisks } from '../../../src/readiness/chosen-disks.ts';
import { gather } from '../../../src/readiness/gather/gather.ts';
import { createReadinessCache } from '../../../src/readiness/gather/readiness-cache.ts';
import type { ReadinessRules } from '../../../src/readiness/rules.ts';
import backupKeyReader from '../../../manifest/azure/backup-key-reader-role.json' with { type: 'json' };
import * as f from './facts.ts';
import { type Failure, readsOf, type World } from './world.ts';

/** The permissions of Azure Backup's own role: enough if a key vault has both the BEK and the KEK. */
export const backupDataActions: readonly string[] = backupKeyReader.DataActions;

export const rules: ReadinessRules = {
  requireKek: 'refuse',
  defaultVault: null,
  backupServiceObjectId: null,
  grantRole: 'backup-key-reader',
  kekExceptions: [],
  ownerTag: 'owner',
  secondRegion: false,
};

/** Adds a VM with disks of this encryption to the world. */
export function add(world: World, machine: VmFacts, disks: readonly (DiskKeys | Partial<ReturnType<typeof f.disk>>)[]) {
  const made = disks.map((one, index) => {
    const over = 'secretUrl' in one ? { ade: { version: '1.1', keys: [one as DiskKeys] } } : one;
    return f.disk(machine.id, `${machine.name}-disk-${index}`, over as Partial<ReturnType<typeof f.disk>>);
  });
  const off = machine.powerState !== 'PowerState/running';
  const view = off ? { viewAde: [], encryptionState: null } : {};
  const attach = made.map((facts, index) =>
    f.attached(facts, { role: index === 0 ? 'os' : 'data', lun: index === 0 ? null : index - 1, ...view }),
  );
  world.vms.push({ ...machine, disks: attach });
  world.disks.push(...made);
  for (const facts of made) {
    for (const keys of facts.ade?.keys ?? []) noteKeys(world, keys);
  }
}

function noteKeys(world: World, keys: DiskKeys) {
  const secret = (keys.secretUrl ?? '').split('/');
  const vault = (id: string | null) => id?.split('/').at(-1) ?? '';
  world.secrets[`${vault(keys.secretVaultId)}/${secret[4]}`] = {
    name: secret[4] ?? '',
    version: 's1',
    enabled: true,
    expires: null,
  };
  if (keys.keyUrl) {
    world.keys[`${vault(keys.keyVaultId)}/kek`] = [{ name: 'kek', version: 'k1', enabled: true, expires: null }];
  }
}

/** Protects a VM with these recovery points, in rsv-prod-weu unless its vault is given. */
export function protect(world: World, name: string, over: { points: readonly RecoveryPoint[]; vault?: string }) {
  const made = f.item(find(world, name), over.vault ?? 'rsv-prod-weu');
  world.items.push(made);
  world.points[made.ref.item.toLowerCase()] = [...over.points];
}

export function find(world: World, name: string): VmFacts {
  const machine = world.vms.find((one) => one.name === name);
  if (!machine) throw new Error(`no VM is called ${name}`);
  return machine;
}

/** Changes an existing VM. */
export function change(world: World, name: string, over: Partial<VmFacts>) {
  world.vms = world.vms.map((one) => (one.name === name ? { ...one, ...over } : one));
}

export function emptyWorld(): World {
  const policies = (name: string) => [
    f.policy(name, 'gold', { daily: { count: 90, unit: 'Days' }, weekly: { count: 52, unit: 'Weeks' } }),
    f.policy(name, 'DefaultPolicy'),
    f.policy(name, 'decade', { yearly: { count: 10, unit: 'Years' } }),
    f.policy(name, 'enhanced-4h', {
      kind: 'Enhanced',
      schedule: { frequency: 'Hourly', everyHours: 4, windowStart: '08:00', windowHours: 12 },
    }),
  ];
  const names = ['rsv-prod-weu', 'rsv-test-weu', 'rsv-prod-neu'];
  return {
    vms: [],
    disks: [],
    vaults: [
      f.vault('rsv-prod-weu', { redundancy: 'GeoRedundant', tags: { 'kluis-default': 'true' } }),
      f.vault('rsv-test-weu'),
      f.vault('rsv-prod-neu', { region: 'northeurope', multiUserAuthorization: true }),
    ],
    policies: Object.fromEntries(names.map((name) => [keyOfId(f.vaultId(name)), policies(name)])),
    items: [],
    points: {},
    jobs: [],
    keyVaults: [
      f.keyVault('kv-prod-weu'),
      f.keyVault('kv-web-weu', { policies: [f.accessPolicy(['get', 'list'], ['get', 'list'])] }),
      f.keyVault('kv-rbac-weu', { rbac: true, policies: [] }),
      f.keyVault('kv-locked-weu', {
        firewall: { publicAccess: 'Enabled', defaultAction: 'Deny', bypass: 'AzureServices' },
      }),
      f.keyVault('kv-shut-weu', { firewall: { publicAccess: 'Enabled', defaultAction: 'Deny', bypass: 'None' } }),
      f.keyVault('kv-kek-weu', { policies: [] }),
      f.keyVault('kv-prod-eus', { region: 'eastus' }),
    ],
    deleted: [],
    keys: {},
    secrets: {},
    assignments: [],
    roles: [f.role('backup-key-reader', backupDataActions)],
    denials: [],
    locks: [],
    permissions: [{ actions: ['*'], notActions: [], dataActions: ['*'], notDataActions: [] }],
    accounts: [f.account('stkluisweu'), f.account('stkluisneu', { region: 'northeurope' })],
    registration: 'Registered',
    principal: f.backupService,
    tenant: f.tenant,
    status: {},
    preValidation: {},
  };
}

/** The whole estate. */
export function contoso(): World {
  const world = emptyWorld();
  const ade = (kv: string, name: string) => f.diskKeys(kv, kv, name);
  const linux = { os: 'Linux' as const };
  const nights = ['2026-11-22T23:04:00Z', '2026-11-23T23:04:00Z'];
  const encrypted = nights.map((time) => f.point(time));
  const open = nights.map((time) => f.point(time, { encrypted: false }));
  add(world, f.vm('rg-sql', 'vm-sql-01'), [ade('kv-prod-weu', 'sql-01'), ade('kv-prod-weu', 'sql-01')]);
  add(world, f.vm('rg-web', 'vm-web-01', linux), [ade('kv-web-weu', 'web-01')]);
  add(world, f.vm('rg-web', 'vm-web-02', linux), [ade('kv-web-weu', 'web-02')]);
  add(world, f.vm('rg-web', 'vm-rbac-01'), [ade('kv-rbac-weu', 'rbac-01')]);
  add(world, f.vm('rg-hr', 'vm-bek-01'), [f.diskKeys('kv-prod-weu', null, 'bek-01')]);
  add(world, f.vm('rg-web', 'vm-plain-01'), [{}]);
  const cmk = { encryptionType: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: '/des' };
  add(world, f.vm('rg-hr', 'vm-cmk-01'), [cmk]);
  add(world, f.vm('rg-app', 'vm-app-01'), [ade('kv-prod-weu', 'app-01')]);
  protect(world, 'vm-app-01', { points: encrypted });
  add(world, f.vm('rg-app', 'vm-app-02'), [ade('kv-web-weu', 'app-02')]);
  protect(world, 'vm-app-02', { points: open });
  add(world, f.vm('rg-hr', 'vm-hr-01'), [ade('kv-hr-weu', 'hr-01')]);
  protect(world, 'vm-hr-01', { points: encrypted });
  const purgeAt = new Date('2027-01-20T00:00:00Z');
  world.deleted.push({ name: 'kv-hr-weu', vaultId: f.keyVaultId('kv-hr-weu'), deletedAt: f.now, purgeAt });
  add(world, f.vm('rg-hr', 'vm-hr-02'), [ade('kv-prod-weu', 'hr-02')]);
  protect(world, 'vm-hr-02', { points: encrypted });
  delete world.secrets['kv-prod-weu/bek-hr-02'];
  const agent = { status: 'Not Ready', version: null };
  add(world, f.vm('rg-old', 'vm-agentless-01', { agent }), [ade('kv-prod-weu', 'agentless')]);
  const off = { powerState: 'PowerState/deallocated', agent: null };
  add(world, f.vm('rg-app', 'vm-off-01', off), [ade('kv-prod-weu', 'off-01')]);
  add(world, f.vm('rg-us', 'vm-us-01', { region: 'eastus' }), [ade('kv-prod-eus', 'us-01')]);
  const big = { sizeGiB: 8192, ade: { version: '1.1', keys: [ade('kv-prod-weu', 'big')] } };
  add(world, f.vm('rg-sql', 'vm-big-01'), [big]);
  add(world, f.vm('rg-sql', 'vm-many-01'), Array(18).fill(ade('kv-prod-weu', 'many')));
  add(world, f.vm('rg-hr', 'vm-lock-01'), [ade('kv-locked-weu', 'lock')]);
  add(world, f.vm('rg-hr', 'vm-shut-01'), [ade('kv-shut-weu', 'shut')]);
  add(world, f.vm('rg-hr', 'vm-split-01'), [f.diskKeys('kv-prod-weu', 'kv-kek-weu', 'split')]);
  add(world, f.vm('rg-neu', 'vm-neu-01', { region: 'northeurope' }), [{}]);
  protect(world, 'vm-neu-01', { points: open, vault: 'rsv-prod-neu' });
  return world;
}

/** The result of reading one VM, with the calls it took. */
export type Look = Assessment & { readonly depth: number; readonly calls: readonly string[] };

/** Reads and assesses a VM of the world by name or ID. */
export async function look(world: World, name: string, over: LookOver = {}): Promise<Look> {
  const { reads, calls, depth } = readsOf(world, over.failures);
  const id = name.startsWith('/') ? name : find(world, name).id;
  const ruled = { ...rules, ...over.rules };
  const { chosen = null } = over;
  const where = { vmId: id, subscription: f.subscription, chosen };
  const ask = { ...where, rules: ruled, cache: createReadinessCache(), now: f.now };
  const reading = await gather(reads, ask);
  const assessment = assess(reading, ruled);
  return { ...assessment, depth: depth(), calls };
}

export type LookOver = {
  readonly failures?: readonly Failure[];
  readonly rules?: Partial<ReadinessRules>;
  readonly chosen?: ChosenDisks;
};

/** The codes of one verdict, each once. */
export function codes({ findings }: Assessment, verdict: 'ok' | 'warn' | 'block' | 'unknown'): readonly string[] {
  return [...new Set(findings.filter((one) => one.verdict === verdict).map((one) => one.code))];
}
