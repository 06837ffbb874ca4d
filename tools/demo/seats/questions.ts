import { restartTitle } from '../../../src/message/rendering/cause-titles.ts';
import type { Words } from '../../../src/message/words.ts';
import type { Expected } from '../expectations.ts';

/** A question, and its required answer. `whole`: its card is printed completely, the others in one line. */
export type Question = { readonly asks: string; readonly expects: Expected; readonly whole?: true };

/** A question about every VM of the estate that no other scene uses, and about names that don't exist. */
export function questionsOf(words: Words): readonly Question[] {
  return [...readyOnes(words), ...refusedOnes(words), ...protectedOnes(words), ...names(words)];
}

function readyOnes(words: Words): Question[] {
  const { say } = words;
  const ready = (vm: string, ...says: string[]): Question => ({
    asks: vm,
    expects: { title: say('ready.title', { vm }), says },
  });
  const warned = (vm: string, count: number, codes: readonly string[]): Question => ({
    asks: vm,
    expects: { title: say('ready.title-warnings', { vm, count }), says: titles(words, codes) },
  });
  return [
    ready('vm-plain-01', words.finding({ code: 'encryption.platform', params: {} }).text),
    ready('vm-cmk-01', words.finding({ code: 'encryption.cmk', params: {} }).text),
    ready('vm-lock-01'),
    warned('vm-many-01', 1, ['disk-size.many-ade']),
    {
      asks: 'vm-off-01',
      expects: { title: say('ready.title-off', { vm: 'vm-off-01' }), says: titles(words, ['power.off']) },
      whole: true,
    },
  ];
}

function refusedOnes(words: Words): Question[] {
  const { say } = words;
  const saysNot = [say('button.protect'), say('button.grant-key-vault-access')];
  const refused = (vm: string, code: string): Question => ({
    asks: vm,
    expects: { title: `…${vm}…`, says: titles(words, [code]), saysNot },
  });
  const rule = {
    title: say('blocked.title-rule', { vm: 'vm-bek-01' }),
    says: [say('rule.ways'), say('rule.way-exception'), say('rule.way-kek')],
    saysNot,
  };
  const frees = say('effect.grant-policies', {
    keyVaults: 'kv-web-weu',
    rights: '…',
    vms: words.names(['vm-app-02', 'vm-web-01']),
  });
  const access = { title: say('access.title-copy', { vm: 'vm-web-02' }), says: [frees] };
  return [
    refused('vm-agentless-01', 'agent.not-ready'),
    refused('vm-big-01', 'disk-size.too-large-ade'),
    refused('vm-shut-01', 'firewall.shut'),
    refused('vm-classic-01', 'deployment.classic'),
    { ...refused('vm-us-01', 'vault.none-here'), whole: true },
    { asks: 'vm-bek-01', expects: rule, whole: true },
    { asks: 'vm-web-02', expects: access },
  ];
}

function protectedOnes(words: Words): Question[] {
  const { say } = words;
  const fine = (vm: string): Question => ({
    asks: vm,
    expects: {
      title: say('protected.title-last', { vm, ago: '…' }),
      says: [say('button.back-up-now'), say('value.tonight-yes')],
    },
  });
  const failing = (vm: string, says: readonly string[]): Question => ({
    asks: vm,
    expects: { title: say('protected.title-fails-tonight-because', { vm, why: '…' }), says },
  });
  const deleted = [...titles(words, ['key-vault.deleted']), 'az keyvault recover --name kv-hr-weu'];
  return [
    fine('vm-app-01'),
    fine('vm-neu-01'),
    {
      asks: 'vm-hr-02',
      expects: {
        title: restartTitle(words, { code: 'kek-version.absent', params: {} }, { vm: 'vm-hr-02', fails: true }) ?? '',
        says: titles(words, ['kek-version.absent', 'secret.absent']),
      },
    },
    {
      ...failing('vm-app-02', [say('button.grant-key-vault-access+back-up-now'), say('protected.unencrypted-point')]),
      whole: true,
    },
    {
      asks: 'vm-hr-01',
      expects: {
        title: restartTitle(words, { code: 'key-vault.deleted', params: {} }, { vm: 'vm-hr-01', fails: true }) ?? '',
        says: deleted,
      },
      whole: true,
    },
  ];
}

function names({ say }: Words): Question[] {
  const dup = { title: say('ready.title', { vm: 'vm-dup-01' }), says: ['rg-web'] };
  const none = { title: say('find.none', { name: 'vm-sqql-01' }), says: ['[vm-sql-01]'] };
  const mistyped = { title: say('find.mistyped', { name: 'stauts', command: 'backup status' }) };
  return [
    { asks: 'rg-web/vm-dup-01', expects: dup },
    { asks: 'stauts', expects: mistyped },
    { asks: 'vm-sqql-01', expects: none, whole: true },
  ];
}

/** Titles of findings; what a finding fills in is left open. */
function titles(words: Words, codes: readonly string[]): string[] {
  return codes.map((code) => words.finding({ code, params: {} }).title);
}
