/** Commands that the product's own words make of a part, in the forms that no card of the tests shows. */
import { obstacleBlocks } from '../../../src/operations/restore/restore-key-and-secret/obstacle-words.ts';
import { partKindOf } from '../../../src/operations/list.ts';
import type { Part } from '../../../src/operations/parts/parts.ts';
import { words } from '../../../src/message/words.ts';
import { subscription } from './filled.ts';

const sub = `/subscriptions/${subscription}`;
const now = new Date('2026-11-24T02:19:00Z');
const vm = {
  id: `${sub}/resourceGroups/rg-app/providers/Microsoft.Compute/virtualMachines/vm-app-01`,
  name: 'vm-app-01',
};
const ref = {
  vaultId: `${sub}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu`,
  container: 'IaasVMContainer;iaasvmcontainerv2;rg-app;vm-app-01',
  item: 'VM;iaasvmcontainerv2;rg-app;vm-app-01',
};
const vaultName = 'rsv-prod-weu';
const targetGroup = { id: `${sub}/resourceGroups/rg-restore`, name: 'rg-restore' };
const network = `${sub}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-prod-weu`;
const subnet = { id: `${network}/subnets/snet-restore`, network: 'vnet-prod-weu', name: 'snet-restore' };
const staging = {
  id: `${sub}/resourceGroups/rg-staging/providers/Microsoft.Storage/storageAccounts/stkluisweu`,
  name: 'stkluisweu',
};
const point = { name: '<point>', time: now.toISOString() };

const restore = { vm, ref, vaultName, point, targetGroup, staging, rehydrate: null };
const restores = [
  { point: { ...point, name: '<private point>', private: true } },
  { staging: { ...staging, byIdentity: true } },
  { point: { ...point, name: '<archived point>' }, rehydrate: 'Standard' },
];
const protect = { does: 'protect', vm, ref, policyName: 'DefaultPolicy' };
const disks = [
  { luns: [0], only: false, names: [] },
  { luns: [0], only: true, names: [] },
  { luns: [], only: true, names: [] },
];

const parts = [
  ...restores.map((one) => ({ ...restore, ...one, does: 'restore-disks' })),
  ...restores.slice(0, 2).map((one) => ({ ...restore, ...one, does: 'replace-disks' })),
  { ...restore, ...restores[0], does: 'restore-vm', name: 'vm-app-01-restored', subnet },
  ...disks.map((one) => ({ ...protect, changes: { choice: null }, disks: one })),
  { ...protect, changes: { choice: disks[0] } },
  {
    does: 'create-vm',
    by: 'calls',
    vm,
    targetGroup,
    name: 'vm-new-01',
    subnet,
    size: { name: 'Standard_D2s_v5', was: null },
  },
  { does: 'cancel-job', vm, vaultId: ref.vaultId, vaultName, jobId: '<running job>' },
];

const disabled = { name: '<key or secret>', version: '<version>' };
const obstacles = [
  { why: 'firewall', place: 'kv-prod-weu' },
  { why: 'access', place: 'kv-prod-weu', model: 'policies' },
  { why: 'access', place: 'kv-rbac-weu', model: 'roles' },
  { why: 'key-vault', place: 'kv-hr-weu', gone: { is: 'unread' } },
  { why: 'key-disabled', place: 'kv-prod-weu', ...disabled },
  { why: 'secret-disabled', place: 'kv-prod-weu', ...disabled },
  { why: 'staging', place: 'stkluisweu' },
];

/** Each with the part that it is for. */
export function builtCommands(): (readonly [string, string])[] {
  const ofParts = parts.flatMap((fields) => {
    const part = fields as unknown as Part;
    const { command, undo } = partKindOf(part).words;
    return [command(part, now), undo?.(part)].flatMap((line) => (line ? [[line, `part ${part.does}`] as const] : []));
  });
  const look = words({ locale: 'en', timeZone: 'UTC', simulated: false });
  const ofObstacles = obstacles.flatMap((obstacle) =>
    obstacleBlocks(look, { keyVaults: [] } as never, obstacle as never).flatMap((block) =>
      block.kind === 'code' ? block.lines.map((line) => [line, `obstacle ${obstacle.why}`] as const) : [],
    ),
  );
  return [...ofParts, ...ofObstacles];
}
