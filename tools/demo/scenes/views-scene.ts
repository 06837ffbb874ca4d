import type { Expected } from '../expectations.ts';
import type { DemoContext } from './demo-context.ts';

/** Commands that only read, and the help. */
export async function viewsScene(demo: DemoContext): Promise<void> {
  const { ana, words, checks } = demo;
  for (const [command, expected] of looks(demo)) {
    await ana.says(`/backup ${command}`);
    checks.card(await ana.settled(), expected);
  }
  await ana.says('/backup status');
  checks.card(await ana.settled(), { title: words.say('status.title', { count: 2 }) });
  await ana.presses(words.say('status.show-failed'));
  checks.card(await ana.settled(), { title: words.say('jobs.failed', { vms: 2 }) });
}

function looks({ words }: DemoContext): readonly (readonly [string, Expected])[] {
  const { say } = words;
  const done = say('jobs.row', { vm: 'vm-app-01', what: say('job.backup'), status: say('job.completed') });
  const policies = say('policies.title-of', { title: say('policies.title', { count: 4 }), vault: 'rsv-prod-weu' });
  return [
    ['status vm-app-01', { title: say('protected.title-last', { vm: 'vm-app-01', ago: '…' }) }],
    ['jobs running', { title: say('jobs.running', { count: 0 }) }],
    ['job vm-app-01', { title: done, says: [say('phase.snapshot'), 'rsv-prod-weu'] }],
    ['job vm-nix', { title: say('job.none', { asked: 'vm-nix' }), says: [say('job.none-text')] }],
    ['vaults', { title: say('vaults.title', { count: 3 }), says: ['rsv-prod-neu', say('vault.guarded')] }],
    ['policies rsv-prod-weu', { title: policies, says: ['gold', say('policies.standard')] }],
    ['policies rsv-nix', { title: say('policies.no-vault', { vault: 'rsv-nix' }) }],
    ['protected', { title: '…', says: ['vm-app-01', 'vm-hr-01'], saysNot: ['vm-rbac-01'] }],
    [
      'forecast',
      { title: say('forecast.fails-tonight', { count: 3 }), says: ['vm-hr-01', say('forecast.ade-by-owner')] },
    ],
    ['unprotected', { title: '…', says: ['vm-rbac-01', 'kv-rbac-weu'], saysNot: ['vm-app-01'] }],
    ['access vm-web-01', { title: say('access.title-copy', { vm: 'vm-web-01' }) }],
    ['help', { title: say('help.title'), says: [say('help.commands'), '/backup now', say('help.vaults')] }],
  ];
}
