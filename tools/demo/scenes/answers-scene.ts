import type { CardText } from '../card-text.ts';
import { questionsOf, type Question } from '../seats/questions.ts';
import type { DemoContext } from './demo-context.ts';

/** Every other VM of the estate, a name that doesn't exist, a mistyped command, and the other ways to name a VM. */
export async function answersScene(demo: DemoContext): Promise<void> {
  const { ana, checks, told, azure } = demo;
  const questions = questionsOf(demo.words);
  for (const question of questions) await askOne(demo, question);
  await pickOne(demo);
  const { vms, classicVms } = await azure.estate();
  const asked = new Set([...questions.map(({ asks }) => asks), 'vm-dup-01', ...playedElsewhere]);
  const left = [...vms, ...classicVms].map(({ name }) => name).filter((name) => !asked.has(name));
  ana.loud = true;
  const plain = vms.find(({ name }) => name === 'vm-plain-01');
  if (plain) {
    const { subscription, resourceGroup, name } = plain;
    const group = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
    const asks = `${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
    await askOne(demo, { asks, expects: { title: demo.words.say('ready.title', { vm: name }) } });
  }
  checks.fact(left.length === 0, told.everyVm(left.join(', ')));
}

/** The scenes on protecting and on key vaults use these. */
const playedElsewhere = ['vm-sql-01', 'vm-web-01', 'vm-rbac-01', 'vm-split-01'];

async function askOne({ ana, checks, out }: DemoContext, { asks, expects, whole }: Question): Promise<void> {
  ana.loud = whole === true;
  await ana.says(`/backup ${asks}`);
  const card = await ana.settled();
  if (!whole) out.line(`  ${nameOf(asks).padEnd(18)} ${oneLine(card)}`);
  checks.card(card, expects);
}

/** Two VMs have the name: one click picks one. */
async function pickOne({ ana, words, checks }: DemoContext): Promise<void> {
  const vm = 'vm-dup-01';
  ana.loud = true;
  await ana.says(`/backup ${vm}`);
  checks.card(await ana.settled(), {
    title: words.say('find.several', { count: 2, name: vm }),
    says: ['rg-app', 'rg-web', words.say('find.row-protected'), words.say('find.row-not-protected')],
  });
  await ana.presses(words.say('button.choose'), { nth: 2 });
  checks.card(await ana.settled(), { title: words.say('ready.title', { vm }), says: ['rg-web'] });
}

function nameOf(asks: string): string {
  return asks.startsWith('/') ? '/subscriptions/…' : asks;
}

/** The verdict, and what is wrong, in one line. */
function oneLine({ title, lines }: CardText): string {
  const problem = lines.find((line) => /^[✗!?] /u.test(line));
  return problem ? `${title} (${problem.split(' · ')[0]?.slice(2)})` : title;
}
