import type { CardText } from './card-text.ts';
import type { Expected } from './expectations.ts';
import { estateOf, type Stage } from './stage.ts';
import type { Words } from '../../message/words.ts';

/** A question, and the answer that it must get. `whole`: its card is worth reading, the others are told in one line. */
type Question = { readonly asks: string; readonly expects: Expected; readonly whole?: true };

/** Every other VM of the estate, a name that does not exist, a mistyped command, and the other ways to name a VM. */
export async function answersScene(stage: Stage): Promise<void> {
  const { ana, checks, told, out } = stage;
  out.heading(told.answers);
  const questions = questionsOf(stage.words);
  for (const question of questions) await askOne(stage, question);
  await pickOne(stage);
  const { vms, classicVms } = await estateOf(stage);
  const asked = new Set([...questions.map(({ asks }) => asks), 'vm-dup-01', ...playedElsewhere]);
  const left = [...vms, ...classicVms].map(({ name }) => name).filter((name) => !asked.has(name));
  ana.loud = true;
  const plain = vms.find(({ name }) => name === 'vm-plain-01');
  if (plain) {
    const { subscription, resourceGroup, name } = plain;
    const group = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
    const asks = `${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
    await askOne(stage, { asks, expects: { title: stage.words.say('ready.title', { vm: name }) } });
  }
  checks.fact(left.length === 0, told.everyVm(left.join(', ')));
}

/** The scenes on protecting and on key vaults ask about these. */
const playedElsewhere = ['vm-sql-01', 'vm-web-01', 'vm-rbac-01', 'vm-split-01'];

async function askOne({ ana, checks, out }: Stage, { asks, expects, whole }: Question): Promise<void> {
  ana.loud = whole === true;
  await ana.says(`/backup ${asks}`);
  const card = await ana.settled();
  if (!whole) out.line(`  ${nameOf(asks).padEnd(18)} ${oneLine(card)}`);
  checks.card(card, expects);
  if (!whole) return;
}

/** Two VMs have the name: one click says which. */
async function pickOne({ ana, words, checks }: Stage): Promise<void> {
  const vm = 'vm-dup-01';
  ana.loud = true;
  await ana.says(`/backup ${vm}`);
  checks.card(await ana.settled(), {
    title: words.say('find.several', { count: 2, name: vm }),
    says: ['rg-app', 'rg-web', words.say('find.row-protected'), words.say('find.row-not-protected')],
  });
  await ana.presses(words.say('button.choose'), 2);
  checks.card(await ana.settled(), { title: words.say('ready.title', { vm }), says: ['rg-web'] });
}

function questionsOf(words: Words): readonly Question[] {
  const { say } = words;
  const ready = (vm: string, ...says: string[]): Question => ({
    asks: vm,
    expects: { title: say('ready.title', { vm }), says },
  });
  const warned = (vm: string, count: number, ...codes: string[]): Question => ({
    asks: vm,
    expects: { title: say('ready.title-warnings', { vm, count }), says: titles(words, codes) },
  });
  const refused = (vm: string, ...codes: string[]): Question => ({
    asks: vm,
    expects: {
      title: say('blocked.title-azure', { vm }),
      says: titles(words, codes),
      saysNot: [say('button.protect')],
    },
  });
  const failing = (vm: string, ...says: string[]): Question => ({
    asks: vm,
    expects: { title: say('protected.title-fails-tonight', { vm }), says },
    whole: true,
  });
  const fine = (vm: string): Question => ({
    asks: vm,
    expects: { title: say('protected.title', { vm }), says: [say('button.back-up-now'), say('value.tonight-yes')] },
  });
  const frees = say('access.reach-frees', { keyVault: 'kv-web-weu', vms: ['vm-app-02', 'vm-web-01'] });
  return [
    ready('vm-plain-01', words.finding({ code: 'encryption.platform', params: {} }).text),
    ready('vm-cmk-01', words.finding({ code: 'encryption.cmk', params: {} }).text),
    ready('vm-lock-01'),
    warned('vm-many-01', 1, 'disk-size.many-ade'),
    { ...warned('vm-off-01', 2, 'power.off', 'agent.off'), whole: true },
    refused('vm-agentless-01', 'agent.not-ready'),
    refused('vm-big-01', 'disk-size.too-large-ade'),
    refused('vm-shut-01', 'firewall.shut'),
    refused('vm-classic-01', 'deployment.classic'),
    { ...refused('vm-us-01', 'vault.none-here'), whole: true },
    {
      asks: 'vm-bek-01',
      expects: {
        title: say('blocked.title-rule', { vm: 'vm-bek-01' }),
        says: [say('rule.ways'), say('rule.way-exception'), say('rule.way-kek')],
        saysNot: [say('button.protect')],
      },
      whole: true,
    },
    { asks: 'vm-web-02', expects: { title: say('access.title', { vm: 'vm-web-02', count: 1 }), says: [frees] } },
    fine('vm-app-01'),
    fine('vm-neu-01'),
    failing('vm-app-02', say('button.grant-and-back-up'), say('protected.unencrypted-point')),
    failing('vm-hr-01', ...titles(words, ['key-vault.deleted']), 'az keyvault recover --name kv-hr-weu'),
    inOneLine(failing('vm-hr-02', ...titles(words, ['kek-version.absent', 'secret.absent']))),
    {
      asks: 'vm-sqql-01',
      expects: { title: say('find.none', { name: 'vm-sqql-01' }), says: ['[vm-sql-01]'] },
      whole: true,
    },
    { asks: 'stauts', expects: { title: say('find.mistyped', { name: 'stauts', command: 'backup status' }) } },
    { asks: 'rg-web/vm-dup-01', expects: { title: say('ready.title', { vm: 'vm-dup-01' }), says: ['rg-web'] } },
  ];
}

/** Titles of findings; what a finding fills in is left open. */
function titles(words: Words, codes: readonly string[]): string[] {
  return codes.map((code) => words.finding({ code, params: {} }).title);
}

function nameOf(asks: string): string {
  return asks.startsWith('/') ? '/subscriptions/…' : asks;
}

/** The verdict, and what is wrong, in one line. */
function oneLine({ title, lines }: CardText): string {
  const problem = lines.find((line) => /^[✗!?] /u.test(line));
  return problem ? `${title} (${problem.split(' · ')[0]?.slice(2)})` : title;
}

function inOneLine({ asks, expects }: Question): Question {
  return { asks, expects };
}
