/**
 * `npm run demo`: starts the product in its own folder, with a simulated Azure, and plays whole conversations with it
 * through its real HTTP endpoints, as a transcript: in Teams, or with `-- --slack` in Slack. `--nl` plays them in
 * Dutch. By default it plays a few of them, `--all` plays every one, names play those. Exit code 0: each ended as
 * expected; 1: what was expected instead is printed; 2: it couldn't be played.
 */
import { parseArgs } from 'node:util';
import type { SceneName } from './demo/narration.ts';
import { startProduct } from './demo/product.ts';
import { playScene, sceneNames } from './demo/scenes/scenes.ts';
import { openDemo, type Platform, type DemoContext } from './demo/scenes/demo-context.ts';

type DemoArguments = {
  readonly platform: Platform;
  readonly locale: 'en' | 'nl';
  readonly played: readonly SceneName[];
};

/** Hours of Azure pass in seconds, but each phase can still be seen. */
const speed = 600;
/** What is played by default: enough to see how it works, in about two minutes. */
const few: readonly SceneName[] = ['protect', 'many', 'failures'];
const usage = `Usage: npm run demo [-- --slack] [--nl] [--all | ${sceneNames.join('|')}]`;

async function play({ platform, locale, played }: DemoArguments): Promise<number> {
  const product = await startProduct(speed);
  const interrupted = () => void product.stop().then(() => process.exit(130));
  process.once('SIGINT', interrupted);
  try {
    const plan = { platform, locale, speed, url: product.url, simulatorUrl: product.simulatorUrl };
    const { demo, close } = await openDemo(plan, (line) => console.log(line));
    demo.out.line(demo.told.opening(product.url));
    demo.out.line(demo.told.length(played.length, sceneNames.length));
    for (const name of played) await playScene(demo, name);
    close();
    return conclude(demo);
  } finally {
    process.off('SIGINT', interrupted);
    await product.stop();
  }
}

function conclude({ checks, out, told }: DemoContext): number {
  const failed = checks.failed();
  out.heading(told.closing(checks.made() - failed.length, checks.made()));
  for (const problem of failed) out.line(`  ✘ ${problem}`);
  return failed.length === 0 ? 0 : 1;
}

function readArgs(args: readonly string[]): DemoArguments | null {
  const flag = { type: 'boolean' } as const;
  const options = { slack: flag, nl: flag, all: flag } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const isNamed = (name: SceneName) => (positionals as readonly string[]).includes(name);
    const played = sceneNames.filter((name) =>
      positionals.length > 0 ? isNamed(name) : values.all || few.includes(name),
    );
    if (positionals.length > 0 && played.length < positionals.length) return null;
    return { platform: values.slack ? 'slack' : 'teams', locale: values.nl ? 'nl' : 'en', played };
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
