import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findingsEn, findingsNl } from '../../src/message/wording/finding-tables.ts';
import { fixSteps } from '../../src/core/fix-steps.ts';
import { fixBlocks } from '../../src/message/rendering/fix-blocks.ts';

const blocksOf = (fix: string) => fixBlocks(fixSteps(fix));

describe('the fix of a finding', () => {
  test('one sentence is a sentence', () => {
    expect(blocksOf('Resume protection.')).toEqual([{ kind: 'text', text: 'Resume protection.' }]);
  });

  test('a command is by itself, below its introduction', () => {
    expect(blocksOf('Start it: az vm start --name vm-off-01')).toEqual([
      { kind: 'code', caption: 'Start it:', lines: ['az vm start --name vm-off-01'] },
    ]);
    expect(blocksOf('az provider register')).toEqual([{ kind: 'code', lines: ['az provider register'] }]);
  });

  test('fixes without a command are a list', () => {
    expect(blocksOf('1. Wait. 2. Look at 10.0.0.4 again.')).toEqual([
      { kind: 'list', ordered: true, items: [{ text: 'Wait.' }, { text: 'Look at 10.0.0.4 again.' }] },
    ]);
  });

  test('a command stays with its fix, and the numbering continues', () => {
    expect(blocksOf('1. Recover it: az keyvault recover --name kv 2. Check again.')).toEqual([
      { kind: 'code', caption: '1. Recover it:', lines: ['az keyvault recover --name kv'] },
      { kind: 'text', text: '2. Check again.' },
    ]);
    expect(blocksOf('1. Restart the agent. 2. Restart the VM: az vm restart --name vm')).toEqual([
      { kind: 'list', ordered: true, items: [{ text: 'Restart the agent.' }] },
      { kind: 'code', caption: '2. Restart the VM:', lines: ['az vm restart --name vm'] },
    ]);
  });

  test.each(Object.entries({ ...findingsEn, ...prefixed(findingsNl) }))(
    '%s loses no word of its fix',
    (_code, { fix }) => {
      if (fix === undefined) return;
      expect(wordsIn(JSON.stringify(blocksOf(fix)))).toEqual(expect.arrayContaining(wordsIn(JSON.stringify(fix))));
    },
  );

  test('whatever a fix says, no word is lost and none is invented', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/).filter((each) => each !== 'az');
    const way = fc.tuple(fc.array(word, { minLength: 1, maxLength: 5 }), fc.option(word));
    fc.assert(
      fc.property(fc.array(way, { minLength: 1, maxLength: 4 }), (ways) => {
        const texts = ways.map(([said, command]) => `${said.join(' ')}${command === null ? '.' : `: az ${command}`}`);
        const fix = texts.length === 1 ? (texts[0] ?? '') : texts.map((text, at) => `${at + 1}. ${text}`).join(' ');
        const shown = blocksOf(fix).flatMap((block) => {
          if (block.kind === 'text') return [block.text];
          if (block.kind === 'list') return block.items.map(({ text }) => text);
          return block.kind === 'code' ? [block.caption ?? '', ...block.lines] : [];
        });
        expect(wordsIn(shown.join(' '))).toEqual(wordsIn(fix));
      }),
    );
  });
});

/** Words in order, without numbers. */
function wordsIn(text: string): string[] {
  return text.match(/\p{L}[\p{L}'-]*/gu) ?? [];
}

function prefixed<T>(table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).map(([code, wording]) => [`nl ${code}`, wording]));
}
