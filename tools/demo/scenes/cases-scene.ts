import { casesOfOwnVms, casesOfTheEstate, type FurtherCase } from './further-cases.ts';
import type { DemoContext } from './demo-context.ts';

/** The answer to each real-world case; then what happens with those that continue. */
export async function casesScene(demo: DemoContext): Promise<void> {
  const { azure, words, checks, told } = demo;
  const [own, estate] = [casesOfOwnVms(words), casesOfTheEstate(words)];
  for (const { seeds } of own) for (const name of seeds) await azure.seed(name);
  for (const one of own) await ask(demo, one);
  for (const one of estate) {
    await azure.begins();
    for (const name of one.seeds) await azure.seed(name);
    await ask(demo, one);
  }
  for (const play of Object.values(happenings)) {
    await azure.begins();
    demo.ana.loud = true;
    await play(demo);
  }
  const played = new Set([
    ...own.flatMap(({ seeds }) => seeds),
    ...estate.flatMap(({ seeds }) => seeds),
    ...Object.keys(happenings),
  ]);
  const left = (await azure.scenarios()).filter((name) => !played.has(name) && !elsewhere.includes(name));
  checks.fact(left.length === 0, told.everyCase(left.join(', ')));
}

/**
 * One has its own scene; the directory's answer is cached for a day, so the other needs a product that has just
 * started.
 */
const elsewhere = ['provider-not-registered', 'backup-app-unreadable'];

async function ask({ ana, checks, out }: DemoContext, { vm, seeds, expects }: FurtherCase): Promise<void> {
  ana.loud = false;
  await ana.says(`/backup ${vm}`);
  const card = await ana.settled();
  out.line(`  ${(seeds[0] ?? '').padEnd(34)} ${card.title}`);
  checks.card(card, expects);
}

/** Cases in which more than the first answer counts, by what they seed into the estate. */
const happenings: Readonly<Record<string, (demo: DemoContext) => Promise<void>>> = {
  'kek-of-certificate': async ({ ana, words: { say }, checks, azure }) => {
    const vm = 'vm-case-05';
    await azure.seed('kek-of-certificate');
    await ana.says(`/backup ${vm}`);
    await ana.settled();
    await ana.presses(say('button.try-anyway'));
    const says = ['UserErrorKeyVaultPermissionsNotConfigured'];
    const saysNot = [say('button.grant-key-vault-access')];
    checks.card(await ana.settled(), {
      title: `…${say('failed.certificate')}`,
      says,
      saysNot,
    });
  },
  'backup-running': async ({ ana, words: { say }, checks, azure, told }) => {
    const vm = 'vm-app-01';
    await azure.dawdles();
    await azure.seed('backup-running');
    await ana.says(`/backup now ${vm}`);
    await ana.shows(say('progress.now-joined', { vm }));
    await azure.hurries();
    checks.card(await ana.settled(), { title: say('closing.backed-up', { vm, took: '…' }) });
    checks.fact((await azure.calls('POST', /\/backup\?/)) === 0, told.nothingSent(vm));
  },
  'protected-by-policy': async ({ ana, words: { say }, checks, azure }) => {
    const vm = 'vm-sql-01';
    await ana.says(`/backup ${vm}`);
    await ana.settled();
    await azure.seed('protected-by-policy');
    await ana.presses(say('button.protect+back-up-now'));
    checks.card(await ana.settled(), { title: `${vm}…`, says: [say('refusal.got-worse'), say('button.back-up-now')] });
    await ana.presses(say('button.back-up-now'));
    checks.card(await ana.settled(), { title: say('closing.backed-up', { vm, took: '…' }) });
  },
  'vm-moved': async ({ ana, words, checks, azure }) => {
    const { say } = words;
    const vm = 'vm-app-01';
    await ana.says(`/backup ${vm}`);
    await ana.settled();
    await azure.seed('vm-moved');
    await ana.says(`/backup ${vm}`);
    await ana.settled();
    await ana.presses(say('button.check-again'));
    checks.card(await ana.settled(), { title: say('ready.title', { vm }), says: ['rg-web'] });
  },
};
