import { expect, test } from '@jest/globals';
import { mentionTag, splitAtMentions } from '../../src/core/mentions.ts';

const ana = { id: 'a', name: 'Ana' };

test('namesakes are found in the order in which they are given, each once; a further tag stays text', () => {
  const other = { id: 'b', name: 'Ana' };
  const tag = mentionTag('Ana');
  expect(splitAtMentions(`${tag}, ${tag}: no ${tag}`, [ana, other])).toEqual([ana, ', ', other, `: no ${tag}`]);
  expect(splitAtMentions('nobody', [ana])).toEqual(['nobody']);
});

test('what stands before the place where somebody is named isn’t taken for them', () => {
  const said = { ...ana, from: 14 };
  expect(splitAtMentions('<at>Ana</at>?\n<at>Ana</at>: x', [said])).toEqual(['<at>Ana</at>?\n', said, ': x']);
});
