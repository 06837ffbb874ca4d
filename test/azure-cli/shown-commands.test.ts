/**
 * Whoever reads a card can copy its commands: each of them is typed into a shell here, and the real Azure CLI runs it
 * against the simulated Azure.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AzureCli, azMissing } from './support/azure-cli.ts';
import { shapesOf, shownCommands, writtenShapes, type Shown } from './support/shown-commands.ts';
import { tryCommand, tryFor } from './support/try-command.ts';
import { tries } from './support/tries.ts';

const patienceMs = 600_000;
const kinds = ['az backup', 'az keyvault', 'az vm', 'az '];
const missing = azMissing();

let shown: Shown;
beforeAll(async () => {
  shown = await shownCommands();
});

describe('the commands that the product shows', () => {
  test('each has a try, and each try is used', () => {
    const untried = [...shown].filter(([line]) => !tryFor(line));
    expect(untried).toEqual([]);
    const used = new Set([...shown.keys()].map(tryFor));
    expect(tries.filter((one) => !used.has(one)).map(({ when }) => String(when))).toEqual([]);
  });

  test('none stands in the source that no card, finding, error or part of these tests shows', () => {
    const tried = [...shown.keys()].flatMap(shapesOf);
    const isTool = (file: string) => /^src\/(cli|config)\//.test(file);
    const unseen = writtenShapes().flatMap(({ path, options, file }) => {
      // The source may put the last word of a command together: `az provider ${does}`.
      const seen = tried.filter((one) => one.path === path || one.path.startsWith(`${path} `));
      const lacks = options.filter((option) => !seen.some((one) => one.options.includes(option)));
      return isTool(file) || (seen.length > 0 && lacks.length === 0) ? [] : [`${file}: ${path} ${lacks.join(' ')}`];
    });
    expect(unseen).toEqual([]);
  });
});

const name = `each runs in the real Azure CLI${missing === null ? '' : ` (skipped: ${missing})`}`;
(missing === null ? describe : describe.skip)(name, () => {
  let cli: AzureCli;
  beforeAll(async () => {
    cli = await AzureCli.start();
  }, patienceMs);
  afterAll(() => cli?.[Symbol.asyncDispose]());

  test.each(kinds)(
    'those that begin with %s',
    async (kind) => {
      const lines = [...shown.keys()].filter((line) => kinds.find((one) => line.startsWith(one)) === kind);
      expect(lines.length).toBeGreaterThan(0);
      const faults: unknown[] = [];
      for (const line of lines) {
        const { typed, faults: found } = await tryCommand(cli, line);
        if (found.length > 0) faults.push({ where: shown.get(line), typed, found });
      }
      expect(faults).toEqual([]);
    },
    patienceMs,
  );
});
