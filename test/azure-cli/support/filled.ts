/** Puts what the simulated company has in place of the names on the tests' cards, and into holes such as `<disk>`. */
import { shellWord } from '../../../src/core/shell-word.ts';

export const subscription = '00000000-0000-0000-0000-00000000c0de';
const sub = `/subscriptions/${subscription}`;

/** What a try made for its command, by the hole that it fills. */
export type Holes = Readonly<Record<string, string>>;

/** Names that the cards of the tests made up, and what stands for them in the estate. */
const madeUp: readonly (readonly [string, string])[] = [
  [`'IaasVMContainer;c'`, `'IaasVMContainer;iaasvmcontainerv2;rg-app;vm-app-01'`],
  [`'VM;c'`, `'VM;iaasvmcontainerv2;rg-app;vm-app-01'`],
  ['--rp-name 1', '--rp-name <point>'],
  ['--vault-name rsv-prod-weu --name 1', '--vault-name rsv-prod-weu --name <job>'],
  [
    '/subscriptions/s/resourceGroups/rg-restore/providers/Microsoft.Storage',
    `${sub}/resourceGroups/rg-staging/providers/Microsoft.Storage`,
  ],
  [
    '/subscriptions/s/resourceGroups/rg-restore/providers/Microsoft.Network',
    `${sub}/resourceGroups/rg-network/providers/Microsoft.Network`,
  ],
  ['--target-vnet-resource-group rg-restore', '--target-vnet-resource-group rg-network'],
  ['virtualNetworkResourceGroup=rg-restore', 'virtualNetworkResourceGroup=rg-network'],
  ['-00000000ba00', '-0000000bac09'],
  ['-00000000bac0"', '-0000000bac09"'],
  ['--subscription s ', `--subscription ${subscription} `],
  ['rg-case', 'rg-web'],
  ['vm-case', 'vm-plain-01'],
  ['https://kv-prod-weu.vault.azure.net/keys/kek/k1', 'https://kv-prod-weu.vault.azure.net/keys/kek-disks'],
  ['--name bek-hr-02', '--name <secret>'],
  ['<template, with vmSize Standard_D2s_v5>', '<template>'],
];

/** What a person fills in, wherever it is asked for; a try may know better. */
const usual: Holes = {
  group: 'rg-app',
  vm: 'vm-app-01',
  vmId: `${sub}/resourceGroups/rg-web/providers/Microsoft.Compute/virtualMachines/vm-plain-01`,
  rg: 'rg-app',
  region: 'westeurope',
  provider: 'Microsoft.RecoveryServices',
  subscription,
  vaultGroup: 'rg-backup',
  vault: 'rsv-prod-weu',
  container: 'IaasVMContainer;iaasvmcontainerv2;rg-app;vm-app-01',
  item: 'VM;iaasvmcontainerv2;rg-app;vm-app-01',
  luns: '0',
  keyVault: 'kv-prod-weu',
  'key vault': 'kv-prod-weu',
  kv: 'kv-prod-weu',
  key: 'kek-disks',
  url: 'https://kv-prod-weu.vault.azure.net/keys/kek-disks',
  name: 'rsv-new-weu',
  naam: 'rsv-new-weu',
  groep: 'rg-backup',
  'Enhanced policy': 'enhanced-4h',
  'Enhanced-beleid': 'enhanced-4h',
  'dd-mm-yyyy': '24-12-2026',
  AZURE_CLIENT_ID: '00000000-0000-0000-0000-0000000b0001',
  KLUIS_RESTORE_CLIENT_ID: '00000000-0000-0000-0000-0000000b0003',
  'object id of Backup Management Service': '00000000-0000-0000-0000-0000000bac09',
};

const hole = /<([^<>]+)>|(?<!\$)\{([a-zA-Z]+)\}/g;

/** A command as somebody would type it in this estate. Throws if a hole has no value: then no try fills it. */
export function filled(line: string, holes: Holes): string {
  const named = madeUp.reduce((text, [from, to]) => text.replaceAll(from, to), line);
  return named.replaceAll(hole, (whole, angled?: string, braced?: string) => {
    const name = angled ?? braced ?? '';
    const value = holes[name] ?? usual[name];
    if (value === undefined) throw new Error(`nothing to put into ${whole} of: ${line}`);
    // What a finding fills in, its words fill in as one word.
    return braced === undefined ? value : shellWord(value);
  });
}
