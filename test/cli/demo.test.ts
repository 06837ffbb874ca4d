import { spawn } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { cardText, type CardText } from '../../tools/demo/card-text.ts';
import { checks } from '../../tools/demo/expectations.ts';
import { slackSeat } from '../../tools/demo/seats/slack-seat.ts';
import { lookInSlack } from '../../tools/demo/seats/slack-workspace.ts';
import { readAdaptiveCard } from '../../tools/demo/seats/read-adaptive-card.ts';
import { readBlocks } from '../../tools/demo/seats/read-blocks.ts';
import { transcript } from '../../tools/demo/transcript.ts';
import { renderMessage } from '../../src/bot/render-message.ts';
import { render } from '../../cards/render.ts';
import type { RenderContext } from '../../src/message/card-data.ts';
import { asSheet } from '../../src/message/rendering/as-sheet.ts';
import { translate } from '../../src/slack/blocks/translate.ts';
import { mockUp, mockUpNames } from '../message/mock-ups.ts';
import { bareEnv } from '../support/bare-env.ts';
import { startSlackBench } from '../lab/slack/slack-bench.ts';

const context: RenderContext = { locale: 'en', timeZone: 'Europe/Amsterdam', simulated: true };
const leaveOut = 'Simulated Azure: nothing here is real';
const told = { edited: 'edited', presses: 'presses', with: 'with', good: 'good', bad: 'bad' };
type Name = (typeof mockUpNames)[number];
const inTeams = (name: Name) => cardText(readAdaptiveCard(render(asSheet(mockUp(name, context)), context)), leaveOut);
const inSlack = (name: Name) => {
  const [blocks = []] = translate(renderMessage(mockUp(name, context), context)).messages;
  return cardText(
    readBlocks(blocks, (user) => user),
    leaveOut,
  );
};
const root = join(import.meta.dirname, '..', '..');

describe('a card as text', () => {
  test('reads like the card: verdict, facts, pick-lists by their choice, buttons, folds by their titles', () => {
    const { title, lines } = inTeams('ready');
    expect(title).toBe('✅ vm-sql-01 is ready to back up');
    expect(lines[0]).toBe(title);
    expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/^Disks +2 of 2 encrypted/)]));
    expect(lines).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Backups go to: {2}\[rsv-prod-weu · .*▾\]$/)]),
    );
    expect(lines.join('\n')).toMatch(/\[Protect and back up now\] {2}\[Protect only\]/);
    expect(lines.join('\n')).toContain('Details ▸');
    expect(lines.join('\n')).not.toContain('az backup');
    expect(lines).not.toContain(leaveOut);
  });

  test.each(mockUpNames)('%s: no markup is left, and no line is wider than a terminal', (name) => {
    for (const line of [...inTeams(name).lines, ...inSlack(name).lines]) {
      expect(line).not.toMatch(/\*\*|\\[[\]()*_]|\]\(http|&(amp|lt|gt);|<http/);
      if (!line.includes('$ ')) expect(line.length).toBeLessThanOrEqual(110);
    }
  });

  test.each(mockUpNames)('%s reads the same in Slack as in Teams: title, buttons and all words', (name) => {
    const words = ({ lines }: CardText) => lines.join(' ').replace(/[-•▸\s]+/gu, ' ');
    const [teams, slack] = [inTeams(name), inSlack(name)];
    expect(slack.title).toBe(teams.title);
    expect(slack.buttons).toEqual(teams.buttons);
    expect(words(slack)).toBe(words(teams));
  });

  test('Slack’s markup is read as it is shown', () => {
    const text = {
      type: 'mrkdwn',
      text: '*Disks &lt;2&gt;* of <https://a.example/?b=c|the &amp; VM>, asked by <@U1> *',
    };
    const { lines } = cardText(
      readBlocks([{ type: 'section', text }], () => 'Ana'),
      '',
    );
    expect(lines).toEqual(['Disks <2> of the & VM, asked by @Ana *']);
  });

  test('only changes of an edited card are printed, and an advanced clock is none', () => {
    const out: string[] = [];
    const { card } = transcript((line) => out.push(line), told);
    const at = (time: string, last: string, seen: string): CardText => {
      const title = `⏳ Backing up · ${time}`;
      return { title, lines: [title, ...'abcdefg', last, `Seen ${seen} ↗`], details: [], buttons: [] };
    };
    const first = at('2 s', 'h', '03:00');
    card('Kluis', first, null);
    const before = out.length;
    card('Kluis', at('4 s', 'h', '03:01'), first);
    expect(out).toHaveLength(before);
    card('Kluis', at('6 s', 'X', '03:00'), first);
    expect(out.slice(before)).toEqual(['\n  Kluis (edited)', '  │ ⏳ Backing up · 6 s', '  │ X']);
  });
});

describe('a seat in the channel of Slack', () => {
  const channel = 'C0GENERAL1';
  const card = (text: string) => [{ type: 'header', text: { type: 'plain_text', text } }];

  test.each([
    ['as it was posted', (asked: string) => asked],
    ['that says already that the bot is at it', (asked: string) => `⏳ ${asked}`],
    ['that has its verdict already', (asked: string) => `✅ vm-sql-01 is ready\n${asked}`],
  ])('finds its request below a message %s', async (_, head) => {
    await using bench = await startSlackBench();
    const workspace = await lookInSlack(bench.emulator.url);
    const changes = { next: () => Promise.resolve(), close: () => {} };
    const seat = slackSeat({ workspace, changes, person: 'ana', home: 'slash', locale: 'en', leaveOut });
    const mention = `<@${workspace.userOf('ana')}>`;
    const before = await bench.api('chat.postMessage', { channel, text: `${mention}: backup vm-app-01` });
    await seat.say('/backup vm-sql-01');
    const late = { channel, thread_ts: before.ts, reply_broadcast: 'true', text: `${mention}: vm-app-01 is backed up` };
    await bench.api('chat.postMessage', late);
    expect(await seat.messages()).toEqual([]);
    const root = await bench.api('chat.postMessage', { channel, text: head(`${mention}: backup vm-sql-01`) });
    await bench.api('chat.postMessage', { channel, thread_ts: root.ts, text: 'ready', blocks: card('Ready') });
    expect((await seat.messages()).map(({ states }) => states.at(-1)?.card?.title)).toEqual([undefined, 'Ready']);
  });
});

describe('what is expected', () => {
  const seen = {
    title: '✅ vm-1 is backed up · took 7 s',
    lines: ['✅ vm-1 is backed up · took 7 s', 'Kept until 25', 'Dec'],
    details: [],
    buttons: ['Show'],
  };

  test('a gap stands for anything, a line break for a blank', () => {
    const counted = checks(transcript(() => undefined, told));
    counted.card(seen, { title: 'vm-1 is backed up · took …', says: ['Kept until 25 Dec'] });
    expect([counted.made(), counted.failed()]).toEqual([1, []]);
  });

  test('another title, a missing text and an unwanted one are reported, and counted once', () => {
    const wanted = { title: 'vm-2 is backed up', says: ['Disk keys'], saysNot: ['Kept'], buttons: ['Show', 'Cancel'] };
    const out: string[] = [];
    const counted = checks(transcript((line) => out.push(line), told));
    counted.card(seen, wanted);
    counted.fact(false, 'one point');
    counted.fact(true, 'one point');
    expect([counted.made(), counted.failed().length]).toEqual([3, 2]);
    expect(out.filter((line) => line.includes('✘'))).toHaveLength(5);
  });
});

/** The platform is the only difference that `--slack` makes: test/scenarios plays every scene on both. */
test('npm run demo plays a scene in Dutch to its end, and leaves nothing behind', async () => {
  const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER'] as string, 'demo-'));
  const { code, said } = await demo(['--slack', '--nl', 'failures'], { TMPDIR: folder });
  expect(said).toMatch(/1 van de \d+ gesprekken/);
  expect(said).toContain('Back-up vm-app-01 mislukt: onbekende fout');
  expect(said).toContain('2 van 2 controles zoals het hoort.');
  expect(code).toBe(0);
  expect((await readdir(folder)).filter((name) => name.startsWith('kluis-'))).toEqual([]);
});

test('what it doesn’t understand is reported with the right form', async () => {
  const { code, said } = await demo(['everything']);
  expect(code).toBe(2);
  expect(said).toMatch(/^Usage: npm run demo \[-- --slack\] \[--nl\] \[--all \| protect\|[a-z|]+\]$/m);
});

function demo(args: readonly string[], env: object = {}): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(root, 'src/start.js'), '../tools/demo.ts', ...args], {
    env: { ...bareEnv(), ...env },
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((done) => child.once('close', (code) => done({ code, said })));
}
