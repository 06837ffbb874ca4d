/**
 * `npm run demo`: starts the product in a folder of its own, with a simulated Azure, and plays whole conversations with it
 * through its real HTTP doors, as a transcript. `-- --nl` plays them in Dutch, `--only NAME` plays one of them. Exit code
 * 0: each ended as it should; 1: what was expected instead is said; 2: it could not be played.
 */
import { parseArgs } from 'node:util';
import { words } from '../message/words.ts';
import { answersScene } from './demo/answers-scene.ts';
import { openChat, type Chat } from './demo/chat.ts';
import { checks } from './demo/expectations.ts';
import { failuresScene } from './demo/failures-scene.ts';
import { grantsScene } from './demo/grants-scene.ts';
import { openLab, type LabDoor, type PersonKey } from './demo/lab-door.ts';
import { narration } from './demo/narration.ts';
import { startProduct, type RunningProduct } from './demo/product.ts';
import { protectScene } from './demo/protect-scene.ts';
import type { Stage } from './demo/stage.ts';
import { transcript } from './demo/transcript.ts';

type Locale = 'en' | 'nl';

/** Hours of Azure pass in seconds, and yet each phase can be seen. */
const speed = 600;
const scenes = { protect: protectScene, answers: answersScene, grants: grantsScene, failures: failuresScene };
type Scene = keyof typeof scenes;
type Asked = { readonly locale: Locale; readonly only: Scene | null };
const usage = `Usage: npm run demo [-- --nl] [--only ${Object.keys(scenes).join('|')}]`;
const names: Readonly<Record<PersonKey, string>> = { ana: 'Ana de Vries', ben: 'Ben Jansen', chris: 'Chris Meier' };

async function play({ locale, only }: Asked): Promise<number> {
  const product = await startProduct(speed);
  const interrupted = () => void product.stop().then(() => process.exit(130));
  process.once('SIGINT', interrupted);
  const door = await openLab(product.url);
  try {
    const played = Object.entries(scenes).filter(([name]) => only === null || name === only);
    const stage = stageOf({ locale, product, door });
    stage.out.line(stage.told.opening(product.url));
    return await playAll(
      stage,
      played.map(([, scene]) => scene),
    );
  } finally {
    process.off('SIGINT', interrupted);
    door.close();
    await product.stop();
  }
}

async function playAll(stage: Stage, played: readonly ((stage: Stage) => Promise<void>)[]): Promise<number> {
  const { out, told, checks } = stage;
  for (const chat of [stage.ana, stage.ben, stage.chris]) await chat.opens();
  for (const scene of played) await scene(stage);
  const failed = checks.failed();
  out.heading(told.closing(checks.made() - failed.length, checks.made()));
  for (const problem of failed) out.line(`  ✘ ${problem}`);
  return failed.length === 0 ? 0 : 1;
}

function stageOf(from: { locale: Locale; product: RunningProduct; door: LabDoor }): Stage {
  const { locale, product, door } = from;
  const told = narration[locale];
  const out = transcript((line) => console.log(line), told);
  const said = words({ locale, timeZone: 'Europe/Amsterdam', simulated: true });
  const chatOf = (key: PersonKey): Chat =>
    openChat({
      door,
      person: { key, name: names[key] },
      locale: locale === 'nl' ? 'nl-NL' : 'en-US',
      leaveOut: said.say('card.simulated'),
      out,
    });
  const [ana, ben, chris] = [chatOf('ana'), chatOf('ben'), chatOf('chris')];
  const { simulatorUrl } = product;
  return { ana, ben, chris, words: said, told, out, checks: checks(out), simulatorUrl };
}

function readArgs(args: readonly string[]): Asked | null {
  try {
    const { values } = parseArgs({ args: [...args], options: { nl: { type: 'boolean' }, only: { type: 'string' } } });
    const only = values.only ?? null;
    if (only !== null && !(only in scenes)) return null;
    return { locale: values.nl ? 'nl' : 'en', only: only as Scene | null };
  } catch {
    return null;
  }
}

const asked = readArgs(process.argv.slice(2));
if (asked === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await play(asked);
  } catch (error) {
    console.error(`\nThe demonstration could not be played: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  }
}
