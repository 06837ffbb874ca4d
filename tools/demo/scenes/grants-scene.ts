import type { Expected } from '../expectations.ts';
import type { DemoContext } from './demo-context.ts';

/** Access by policies, by a role, and to the second of two key vaults; and what else one grant unblocks. */
export async function grantsScene(demo: DemoContext): Promise<void> {
  const { ben, words, checks, out } = demo;
  const { say } = words;
  await grant(demo, 'vm-web-01', [
    say('access.missing-keys', { rights: ['backup'] }),
    say('access.missing-secrets', { rights: ['backup'] }),
    say('effect.grant-policies', {
      keyVaults: 'kv-web-weu',
      rights: '…',
      vms: words.names(['vm-app-02', 'vm-web-02']),
    }),
  ]);
  await grant(demo, 'vm-rbac-01', [
    say('access.why-none', { keyVault: 'kv-rbac-weu' }),
    say('effect.grant-roles', { role: 'backup-key-reader', keyVaults: 'kv-rbac-weu', vms: 'none' }),
  ]);
  await grant(demo, 'vm-split-01', [
    say('effect.grant-policies', { keyVaults: 'kv-kek-weu', rights: '…', vms: 'none' }),
  ]);
  ben.loud = false;
  const freed: readonly (readonly [string, Expected])[] = [
    ['vm-web-02', { title: say('ready.title', { vm: 'vm-web-02' }) }],
    [
      'vm-app-02',
      { title: say('protected.title-last', { vm: 'vm-app-02', ago: '…' }), says: [say('value.tonight-yes')] },
    ],
  ];
  for (const [vm, expected] of freed) {
    await ben.says(`/backup ${vm}`);
    const card = await ben.settled();
    out.line(`  ${vm.padEnd(18)} ${card.title}`);
    checks.card(card, expected);
  }
}

/** One click: the access is given and waited for, and the rest continues automatically. */
async function grant({ ben, words, checks }: DemoContext, vm: string, says: readonly string[]): Promise<void> {
  const { say } = words;
  await ben.says(`/backup ${vm}`);
  checks.card(await ben.settled(), { title: `…${vm}…`, says });
  await ben.presses(say('button.grant-key-vault-access+protect+back-up-now'));
  checks.card(await ben.settled(), {
    title: say('closing.backed-up', { vm, took: '…' }),
    says: [say('closing.keys-with-disks'), say('access.add-to-code', { keyVault: '…' }), say('access.undo-with')],
  });
  await ben.hears(say('ping.backed-up', { vm }));
}

/** A subscription that was never registered for Azure Backup: one press registers it, protects and backs up. */
export async function registerScene({ ana, words, checks, azure }: DemoContext): Promise<void> {
  const { say } = words;
  // Without a key vault, whose access can be judged only once Azure Backup is in the tenant.
  const vm = 'vm-plain-01';
  const provider = 'Microsoft.RecoveryServices';
  await azure.seed('provider-not-registered');
  await ana.says(`/backup ${vm}`);
  checks.card(await ana.settled(), {
    title: `…${vm}…`,
    says: [say('register.reach'), say('plan.register-provider', { provider, vms: vm }), say('register.after')],
  });
  await ana.presses(say('button.register-provider+protect+back-up-now'));
  checks.card(await ana.settled(), {
    title: say('closing.backed-up', { vm, took: '…' }),
    says: [say('registered.state', { provider })],
  });
  await ana.hears(say('ping.backed-up', { vm }));
}
