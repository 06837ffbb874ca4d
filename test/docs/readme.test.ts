import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultConfig, parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { readSettings, settingNames } from '../../src/config/settings.ts';
import { sectionNames } from '../../src/config/yaml/sections.ts';
import { faultCodes } from '../../src/core/fault.ts';
import { refusalCodes } from '../../src/core/refusal.ts';
import { parseCommand } from '../../src/bot/commands/parse-command.ts';
import { en } from '../../src/message/wording/en.ts';
import { words } from '../../src/message/words.ts';
import { helpSheet } from '../../src/bot/commands/help-sheet.ts';
import { commands, helpLines } from '../../src/bot/commands/commands.ts';
import { helpEn } from '../../src/message/wording/help.en.ts';
import { operations } from '../../src/operations/list.ts';
import { leastRole } from '../../src/people/least-role.ts';
import { blocks, page, quoted, root, tableOf, type Page } from './pages.ts';

const readme = page('README.md');
const [settings, refusals, glossary] = [page('docs/settings.md'), page('docs/refusals.md'), page('docs/glossary.md')];
const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts as Record<string, string>;

/** The first column of a table, without its backticks. */
const firstColumn = (of: Page, heading: string) =>
  tableOf(of, heading).map(([first]) => (first as string).replaceAll('`', ''));
const commandWords = commands.map(({ word }) => word);
const sorted = (words: readonly string[]) => [...words].sort();

describe('commands', () => {
  const rows = firstColumn(readme, 'command');
  const wordOf = (row: string) => row.split(' ')[1] as string;
  const named = [...new Set(rows.map(wordOf))].filter((word) => !word.startsWith('vm-name'));

  test('the table has every command that works, and no other', () =>
    expect(sorted(named)).toEqual(sorted(commandWords)));

  test('help has every command, too', () => {
    const shown = JSON.stringify(
      helpSheet(words({ locale: 'en', timeZone: 'UTC', simulated: false }), {
        look: true,
        may: () => true,
        approves: true,
        gives: () => true,
        lines: helpLines,
        slack: true,
        platform: 'teams',
        personal: true,
      }),
    );
    expect(commandWords.filter((word) => !shown.includes(`/backup ${word}`))).toEqual([]);
  });

  test('every example is understood as written', () => {
    for (const row of rows) {
      const typed = row
        .replace(/\s*\[[^\]]*\]/g, '')
        .replace(/<(\S+) or [^>]*>/, '$1')
        .replace(/\|\S+/, '');
      expect([row, parseCommand(typed).kind]).not.toEqual([row, expect.stringMatching(/mistyped|no-name|other/)]);
    }
    expect(parseCommand('backup now vm-name retain 30d')).toMatchObject({ wish: 'back-up-now', keepDays: 30 });
  });
});

describe('settings', () => {
  test('the table has every one, in the order of the code', () =>
    expect(firstColumn(settings, 'setting')).toEqual([...settingNames]));

  test('the defaults are the real ones', () => {
    const read = readSettings({});
    if ('problems' in read) throw new Error('the empty environment is not valid');
    const { port, host, dataDir, configPath, simulator, logLevel, azure } = read.settings;
    const given = Object.fromEntries(tableOf(settings, 'setting').map(([name, , value]) => [name, value]));
    const expected = {
      PORT: port,
      HOST: host,
      KLUIS_AZURE: azure.mode,
      KLUIS_DATA_DIR: dataDir,
      KLUIS_CONFIG: configPath,
      KLUIS_SIM_PORT: simulator.port,
      KLUIS_SIM_SPEED: simulator.speed,
      LOG_LEVEL: logLevel,
    };
    for (const [name, value] of Object.entries(expected))
      expect(`${name} ${given[`\`${name}\``]}`.replaceAll('`', '')).toMatch(new RegExp(`^${name} ${value}\\b`));
  });

  test('the example of kluis.yaml is valid, and has every key', () => {
    const [example] = blocks(settings, 'yaml');
    expect(parseKluisYaml(example ?? '', 'settings.md', defaultConfig('azure'))).toHaveProperty('config');
    const keys = [...(example ?? '').matchAll(/^(\w+):/gm)].map(([, key]) => key as string);
    expect(sorted(keys)).toEqual(sorted(sectionNames));
  });
});

describe('codes', () => {
  test('every refusal, in the order of the code', () =>
    expect(firstColumn(refusals, 'refusal')).toEqual([...refusalCodes]));
  test('every fault, in the order of the code', () => expect(firstColumn(refusals, 'fault')).toEqual([...faultCodes]));

  test.each(['refusal', 'fault'])('each %s has a meaning and what to do', (heading) => {
    for (const [code, meaning, remedy] of tableOf(refusals, heading))
      expect([code, meaning !== '' && remedy !== '']).toEqual([code, true]);
  });
});

test('README has at most 200 lines', () => expect(readme.text.trimEnd().split('\n').length).toBeLessThanOrEqual(200));

test('the table of scripts has every one of package.json', () => {
  const named = firstColumn(readme, 'script').map((script) => script.replace(/^npm (run )?/, '').replace(/ .*/, ''));
  expect(sorted(named)).toEqual(sorted(Object.keys(scripts)));
});

describe('the first conversation', () => {
  const [transcript] = blocks(readme, 'text');
  const said = new Set<string>(Object.values(en));

  test('shows buttons by their real names', () => {
    const buttons = [...(transcript ?? '').matchAll(/\[([^\]]+)\]/g)].map(([, title]) => title as string);
    expect(buttons.length).toBeGreaterThan(6);
    expect(buttons.filter((title) => !said.has(title))).toEqual([]);
  });

  test('gives as a title what the product says', () => {
    const titles = [...(transcript ?? '').matchAll(/^Kluis +\S+ (.*)$/gm)].map(([, title]) => title as string);
    expect(titles.length).toBeGreaterThan(3);
    const patterns = [...said].map(patternOf);
    const unsaid = titles
      .flatMap((title) => title.split(' · '))
      .filter((part) => !isTime(part) && !isSaid(part, patterns));
    expect(unsaid).toEqual([]);
  });
});

const isTime = (text: string) => /^(took )?\d+ (s|min)$/.test(text);
const isSaid = (text: string, patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(text));

/** A wording with anything in its placeholders; one with hardly any words of its own matches nothing. */
function patternOf(wording: string): RegExp {
  const own = piecesOf(wording);
  if (own.join('').replace(/\W/g, '').length < 8) return /$^/;
  return new RegExp(`^${own.map((piece) => piece.replace(/[.*+?^$()[\]\\|]/g, '\\$&')).join('.+')}$`);
}

/** The text between a wording's placeholders, however they are nested. */
function piecesOf(wording: string): string[] {
  let depth = 0;
  const pieces = [''];
  for (const letter of wording) {
    if (letter === '{' && depth++ === 0) pieces.push('');
    else if (letter === '}') depth--;
    else if (depth === 0) pieces[pieces.length - 1] += letter;
  }
  return pieces;
}

describe('what azureRole needs', () => {
  const rows = tableOf(settings, 'operation');

  test('is told of every operation', () => {
    const told = rows.flatMap(([cell = '']) => quoted(cell));
    expect([...new Set(told)].sort()).toEqual(expect.arrayContaining(operations.map(({ name }) => name).sort()));
  });

  test.each(rows.flatMap(([, , actions = '', role = '']) => (role === '' ? [] : [[actions, role] as const])))(
    '%s: the role is the one that the card names (%s)',
    (actions, role) => expect(role.split(', ')[0]).toBe(leastRole(quoted(actions))),
  );
});

describe('glossary', () => {
  const words = firstColumn(glossary, 'word').map((word) => word.toLowerCase());

  test('each word is there once, with a meaning', () => {
    expect(words.length).toBe(new Set(words).size);
    expect(tableOf(glossary, 'word').filter(([, meaning]) => !meaning)).toEqual([]);
  });

  test('the words explained in the product’s help are explained here', () => {
    const explained = Object.entries(helpEn).filter(([key]) => key.startsWith('help.word-') && !key.endsWith('-text'));
    expect(explained.length).toBeGreaterThan(3);
    expect(explained.filter(([, word]) => !words.includes(word.toLowerCase()))).toEqual([]);
  });

  test.each(
    'protected item,recovery point,policy,job,operation,plan,part,attempt,dialog,card,BEK,KEK,ADE,grant'.split(','),
  )('%s', (word) => expect(words).toContain(word.toLowerCase()));
});
