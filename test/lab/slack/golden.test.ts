import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkBlocks } from '../../../src/lab/slack/blocks/check-blocks.ts';
import { checkView } from '../../../src/lab/slack/blocks/check-view.ts';
import type { Fields } from '../../../src/lab/slack/fields.ts';

const folder = join(import.meta.dirname, '../../golden/slack');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

test('there are cards to check', () => expect(files.length).toBeGreaterThan(10));

test.each(files)('the emulator accepts %s as it is', (name) => {
  type Golden = { messages: Fields[][]; modal: Fields | null };
  const { messages, modal } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Golden;
  const found = messages.flatMap((blocks) => checkBlocks(blocks, { surface: 'message', at: '/blocks' }));
  expect([...found, ...(modal ? checkView(modal, 'modal') : [])]).toEqual([]);
});
