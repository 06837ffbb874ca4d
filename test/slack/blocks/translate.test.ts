import { describe, expect, test } from '@jest/globals';
import { mentionOf, messageAbout, renderMessage } from '../../../src/bot/render-message.ts';
import type { OutgoingMessage } from '../../../src/bot/port.ts';
import type { CardMessage, RenderContext, Mark } from '../../../src/message/card-data.ts';
import { words } from '../../../src/message/words.ts';
import { encodeAction, readAction } from '../../../src/slack/blocks/action-value.ts';
import { translate } from '../../../src/slack/blocks/translate.ts';
import { buttonsIn, inputsIn, reading } from './shown-in-slack.ts';
import { slackProblems } from './slack-limits.ts';
import { slackTexts } from './sample-messages.ts';

const context: RenderContext = { locale: 'en', timeZone: 'Europe/Amsterdam', simulated: false };
const sheet = (data: object): OutgoingMessage =>
  renderMessage(
    { template: 'sheet', data: { mark: 'info' as Mark, title: 'A card', ...data } } as CardMessage,
    context,
  );
const said = (text: string, mentions: OutgoingMessage['mentions'] = []): OutgoingMessage => ({
  card: null,
  text,
  summary: text,
  mentions,
});
const ana = { id: 'U0ANA0001', name: 'Ana & <Co>', platformId: 'U0ANA0001' };
const toAna = (text: string) => messageAbout({ messageId: '', words: words(context) }, text, mentionOf(ana));

describe('a message without a card', () => {
  test('mentions people whom Slack knows, and nobody else', () => {
    const known = translate(toAna('done <!channel>'), { mention: (id) => id });
    expect(known.text).toBe('<@U0ANA0001>: done &lt;!channel&gt;');
    expect(JSON.stringify(known.messages)).toContain('{"type":"user","user_id":"U0ANA0001"}');
    expect(slackProblems(known)).toEqual([]);
    const unknown = translate(toAna('done'), { mention: () => null });
    expect(unknown.text).toBe('Ana &amp; &lt;Co&gt;: done');
    expect(JSON.stringify(unknown.messages)).not.toContain('user_id');
    expect(translate(said('<at>Ben</at> <@U0ANA0001>')).text).toBe('&lt;at&gt;Ben&lt;/at&gt; &lt;@U0ANA0001&gt;');
  });

  test.each(slackTexts)('shows %s literally', (text) => {
    const translated = translate(said(text));
    expect(slackProblems(translated)).toEqual([]);
    expect(reading(translated)).toBe(text.replace(/\s/g, ''));
    expect(JSON.stringify(translated.messages)).not.toContain('mrkdwn');
  });

  test('of any length is complete, its notification cut between characters', () => {
    const translated = translate(said(`${'<'.repeat(9000)}🔑end`));
    expect(slackProblems(translated)).toEqual([]);
    expect(reading(translated)).toBe(`${'<'.repeat(9000)}🔑end`);
    expect(translated.text).toMatch(/^(&lt;)+…$/);
    expect(translate(said('')).text).toBe('…');
  });
});

test('a command stays exactly what has to be typed, in a fold and outside of it, fences included', () => {
  const lines = ['az vm list --query "[?name==`x`]"', 'echo a && b > c *', '```', "it's <fine>"];
  const code = { kind: 'code', lines };
  const translated = translate(sheet({ body: [code], details: [{ title: 'Commands', body: [code] }] }));
  expect(slackProblems(translated)).toEqual([]);
  const there = reading(translated);
  for (const line of lines) expect(there.split(line.replace(/\s/g, '')).length).toBeGreaterThan(2);
});

test('a fold is closed with its text in the message; on the home page and on demand it is open', () => {
  const drawn = sheet({ details: [{ title: 'More', body: [{ kind: 'text', text: 'behind it' }] }] });
  const [blocks] = translate(drawn).messages;
  expect(blocks?.at(-1)).toMatchObject({
    type: 'container',
    title: { type: 'plain_text', text: 'Details', emoji: false },
    is_collapsible: true,
    default_collapsed: true,
  });
  expect(JSON.stringify(blocks?.at(-1))).toMatch(/More.*behind it/);
  for (const options of [{ surface: 'home' }, { folds: 'open' }] as const) {
    const open = translate(drawn, options);
    expect(JSON.stringify(open.messages)).not.toContain('container');
    expect(reading(open)).toContain('Morebehindit');
  }
});

test('a destructive button asks once more, in the language of the card', () => {
  const buttons = [{ title: 'Cancel the backup', verb: 'cancel-backup', data: {}, style: 'destructive' }];
  const drawn = sheet({ title: 'Backing up vm-sql-01', buttons });
  const [button] = buttonsIn(translate(drawn));
  expect(button).toMatchObject({
    style: 'danger',
    confirm: { title: { text: 'Are you sure?' }, text: { text: 'ℹ️ Backing up vm-sql-01' }, style: 'danger' },
  });
  const about = 'Cancel the backup of vm-sql-01? The snapshot is discarded.';
  const told = sheet({ title: 'Backing up vm-sql-01', buttons: [{ ...buttons[0], about }] });
  expect(buttonsIn(translate(told))[0]).toMatchObject({ confirm: { text: { text: about } } });
  const dutch = { ...drawn, locale: 'nl' as const };
  expect(buttonsIn(translate(dutch))[0]).toMatchObject({ confirm: { title: { text: 'Weet je het zeker?' } } });
  expect(buttonsIn(translate(drawn, { locale: 'nl' }))[0]).toMatchObject({ confirm: { deny: { text: 'Nee, terug' } } });
});

test('buttons that can wait are one menu, in which each means what it means as a button', () => {
  const shown = { title: 'Go', verb: 'go', data: {} };
  const later = (count: number, title = 'Later') =>
    Array.from({ length: count }, (_, at) => ({
      ...{ title: `${title} ${at}`, verb: 'later', data: { alert: crypto.randomUUID() } },
      ...{ withInputs: false, behind: true },
    }));
  const elementsOf = (buttons: readonly object[]) => {
    const translated = translate(sheet({ buttons: [...buttons] }));
    expect([slackProblems(translated), translated.overflow.size]).toEqual([[], 0]);
    return translated.messages[0]!.flatMap((block) => (block.type === 'actions' ? block.elements : []));
  };
  const kinds = (buttons: readonly object[]) =>
    elementsOf(buttons).map((one) => (one.type === 'overflow' ? one.options.length : 'button'));
  // Slack doesn't say so of a single option; one press is less than two.
  expect(kinds([shown, ...later(1)])).toEqual(['button', 'button']);
  expect(kinds([shown, ...later(2)])).toEqual(['button', 2]);
  expect(kinds([...later(2), shown])).toEqual(['button', 2]);
  expect(kinds([shown, ...later(5)])).toEqual(['button', 5]);
  expect(kinds([shown, ...later(7)])).toEqual(['button', 'button', 'button', 5]);
  // A menu has one question for all of its options.
  const [asked] = later(1, 'Stop');
  expect(kinds([shown, { ...asked, style: 'destructive' }, ...later(2)])).toEqual(['button', 'button', 2]);
  // An option has less room than a button.
  const [long] = later(1);
  const wide = { ...long, data: { vms: 'x'.repeat(150) } };
  expect(kinds([shown, wide, ...later(2)])).toEqual(['button', 'button', 2]);
  const few = later(2);
  const [, menu] = elementsOf([shown, ...few]) as [unknown, { options: { value: string }[] }];
  const alone = few.flatMap((one) => elementsOf([{ ...one, behind: undefined }])) as { value: string }[];
  expect(menu.options.map(({ value }) => value)).toEqual(alone.map(({ value }) => value));
  expect(menu.options.map(({ value }) => readAction(value)?.data)).toMatchObject(few.map(({ data }) => data));
});

test('a press returns the card’s data, short or long, and nothing unknown', () => {
  const overflow = new Map<string, string>();
  const short = { verb: 'submit', data: { dialog: 'd', revision: 3 }, withInputs: true };
  const value = encodeAction(short, overflow);
  expect([overflow.size, readAction(value)]).toEqual([0, short]);
  const long = { verb: 'submit', data: { all: 'x'.repeat(3000) }, withInputs: false };
  const key = encodeAction(long, overflow);
  expect(key.length).toBeLessThan(50);
  expect(readAction(key, (each) => overflow.get(each))).toEqual(long);
  for (const strange of [key, '', '#', 'x', '7', 'null', '[]', '{"v":7}', undefined, 7]) {
    expect(readAction(strange)).toBeNull();
  }
});

describe('more than one Slack message can hold', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => at);
  const items = many(3).map((at) => ({ text: `item ${at}`, note: 'note' }));
  const facts = many(12).map((at) => ({ title: `fact ${at}`, value: `value ${at}` }));
  const body = many(30).map((at) => (at % 2 ? { kind: 'facts', facts } : { kind: 'list', heading: `h ${at}`, items }));

  test('on a card of ours is rendered more compactly', () => {
    const details = many(3).map((at) => ({ title: `fold ${at}`, body: body.slice(0, 2) }));
    const drawn = sheet({ body: body.slice(0, 16), details, buttons: [{ title: 'Go', verb: 'go', data: {} }] });
    const translated = translate(drawn);
    expect(translated.messages).toHaveLength(1);
    expect(slackProblems(translated)).toEqual([]);
    expect(reading(translated)).toContain('fact11:value11');
  });

  test('continues in a reply, with everything interactive in the first message', () => {
    const texts = many(30).map((at) => ({ kind: 'text', text: `${at} ${'x'.repeat(1150)}` }));
    const inputs = [{ kind: 'text', id: 'why', label: 'Why' }];
    const buttons = [{ title: 'Send', verb: 'submit', data: {} }];
    const translated = translate(sheet({ body: texts, inputs, buttons }));
    expect(slackProblems(translated)).toEqual([]);
    expect(translated.messages.length).toBeGreaterThan(3);
    const last = { ...translated, messages: [translated.messages[0]?.slice(-1) ?? []] };
    expect(reading(last)).toContain('Shortened:Slacktakesnomore');
    const first = { ...translated, messages: translated.messages.slice(0, 1) };
    expect([inputsIn(first).length, buttonsIn(first).length]).toEqual([1, 1]);
    expect(many(30).every((at) => reading(translated).includes(`${at}xxx`))).toBe(true);
    expect(translated.warnings).toEqual([`${translated.messages.length} messages: too much for one`]);
  });

  test('is also a message of few blocks and very many characters', () => {
    const texts = many(10).map((at) => ({ kind: 'text', text: `${at} ${'x'.repeat(1150)}` }));
    const drawn = sheet({ body: texts });
    const [first = [], ...more] = translate(drawn).messages;
    const length = reading({ ...translate(drawn), messages: [first] }).length;
    expect([first.length, more.length]).toEqual([6, 1]);
    expect(length).toBeLessThan(10_200);
  });

  test('leaves room for the inputs of a form, whose window holds no more either', () => {
    const items = many(40).map(() => ({ text: 'x'.repeat(1200) }));
    const inputs = ['a', 'b'].map((id) => ({ kind: 'text', id, label: id }));
    const buttons = [{ title: 'Send', verb: 'submit', data: {} }];
    const translated = translate(sheet({ body: many(8).map(() => ({ kind: 'list', items })), inputs, buttons }));
    expect(slackProblems(translated)).toEqual([]);
    expect(translated.modal?.blocks.map(({ type }) => type)).toEqual(['input', 'input']);
  });
});

test('a title longer than a button allows is a text before it', () => {
  const title = `${'Protect '.repeat(12)}now`;
  const translated = translate(sheet({ buttons: [{ title, verb: 'go', data: {} }] }));
  expect(slackProblems(translated)).toEqual([]);
  expect(reading(translated)).toContain(title.replace(/\s/g, ''));
  expect(translated.warnings).toHaveLength(1);
});

test('an input keeps its block while its choices stay the same, and no longer', () => {
  const idOf = (value: string, title = 'A card') => {
    const choices = [
      { title: 'a', value: 'a' },
      { title: 'b', value: 'b' },
    ];
    return inputsIn(translate(sheet({ title, inputs: [{ kind: 'pick', id: 'vm', label: 'VM', value, choices }] })))[0]
      ?.blockId;
  };
  expect(idOf('a')).toBe(idOf('a', 'Another card'));
  expect(idOf('a')).not.toBe(idOf('b'));
});
