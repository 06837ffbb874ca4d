import { findingPhrase } from '../../../src/message/finding-phrase.ts';
import type { DemoContext } from './demo-context.ts';

const blocked = 'vm-bek-01';

/**
 * One table by cause; those that can continue do, with one grant, and each has its own outcome, including the one left
 * out.
 */
export async function manyScene({ ana, words, checks, azure, told }: DemoContext): Promise<void> {
  const { say } = words;
  const why = findingPhrase(words, { code: 'kek.rule-refuses', params: {} });
  await ana.says(`/backup vm-sql-01 vm-web-01 ${blocked}`);
  const counts = [
    say('many.ready', { count: 1 }),
    say('many.access', { count: 1, grants: 1 }),
    say('many.blocked', { count: 1 }),
  ];
  checks.card(await ana.settled(), {
    title: counts.join(' · '),
    says: [
      say('many.group-ready', { count: 1 }),
      say('many.group-access', { count: 1 }),
      say('many.grant', { keyVaults: ['kv-web-weu'] }),
      why,
    ],
    buttons: [
      say('many.button-all', { count: 2 }),
      say('many.button-ready', { count: 1 }),
      say('button.open-vm', { vm: blocked }),
      say('button.check-again'),
      say('button.cancel'),
    ],
  });
  await ana.presses(say('many.button-all', { count: 2 }));
  const ended = { done: 2, count: 3, which: say('many.which', { vm: blocked, why }) };
  checks.card(await ana.settled(), {
    title: say('many.ended-not', { ...ended, which: blocked }),
    says: ['✓ vm-sql-01', '✓ vm-web-01', `– ${blocked} · ${why}`],
    buttons: [say('many.again', { count: 1, vm: blocked })],
  });
  await ana.hears(say('many.ping-not', ended));
  checks.fact((await azure.calls('PUT', new RegExp(blocked))) === 0, told.nothingSent(blocked));
}
