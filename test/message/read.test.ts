/**
 * What a person reads on every kind of card, in both chats and languages, opened details included: a changed word is a
 * changed line of a file in `test/golden/read`. Each of them is also judged: by the parser of Adaptive Cards with what
 * Teams refuses, and by Slack's limits.
 */
import { expect, test } from '@jest/globals';
import { renderMessage } from '../../src/bot/render-message.ts';
import { cardText, type Group } from '../../tools/demo/card-text.ts';
import { readAdaptiveCard } from '../../tools/demo/seats/read-adaptive-card.ts';
import { readBlocks } from '../../tools/demo/seats/read-blocks.ts';
import { translate } from '../../src/slack/blocks/translate.ts';
import { slackProblems } from '../slack/blocks/slack-limits.ts';
import { checkCard } from '../support/check-card.ts';
import { goldenFolder } from '../support/golden-folder.ts';
import { besidesInSlack, besidesInTeams } from './besides.ts';
import { everyCard } from './every-card.ts';

const golden = goldenFolder('read');
const cards = Object.keys(everyCard);

test.each(cards)('the card %s reads as before', async (kind) => {
  const read = [...(await readIn('en', kind)), ...(await readIn('nl', kind))].join('\n');
  expect(read).toBe(golden.kept(`${kind}.txt`, read));
});

test('no file is left over', () => {
  expect(golden.files()).toEqual(cards.map((kind) => `${kind}.txt`).sort());
});

async function readIn(locale: 'en' | 'nl', kind: string): Promise<string[]> {
  const look = { locale, timeZone: 'Europe/Amsterdam', simulated: false };
  const made = renderMessage(await everyCard[kind]!(look), look);
  const translated = translate(made, { locale });
  expect(checkCard(made.card as Parameters<typeof checkCard>[0])).toEqual([]);
  expect(slackProblems(translated)).toEqual([]);
  expect(translated.warnings).toEqual([]);
  const teams = written(readAdaptiveCard(made.card));
  const slack = translated.messages.flatMap((blocks) => written(readBlocks(blocks, (user) => user)));
  const isSame = teams.join(' ') === slack.join(' ');
  const read = isSame
    ? [`== Teams and Slack, ${locale}`, ...teams, '']
    : [`== Teams, ${locale}`, ...teams, '', `== Slack, ${locale}`, ...slack, ''];
  const besides = together(besidesInTeams(made.card), besidesInSlack(translated));
  return besides.length > 0 ? [...read, `== Besides, ${locale}`, ...besides, ''] : read;
}

/** What both say, and what only one of them does. */
function together(teams: readonly string[], slack: readonly string[]): readonly string[] {
  const all = teams.map((line) => (slack.includes(line) ? line : `Teams · ${line}`));
  return [...new Set([...all, ...slack.filter((line) => !teams.includes(line)).map((line) => `Slack · ${line}`)])];
}

/** Without what only differs in space: blank lines, and the two signs of a bullet. */
function written(groups: readonly Group[]): string[] {
  const { lines, details } = cardText(groups, '');
  const all = [...lines, ...(details.length > 0 ? ['-- details', ...details] : [])];
  return all.filter((line) => line.trim() !== '').map((line) => line.replace(/^• /u, '- '));
}
