import { describe, expect, test } from '@jest/globals';
import AjvDraft04 from 'ajv-draft-04';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { parseCommand } from '../../src/bot/commands/parse-command.ts';
import { differences, readTeamsManifest, teamsFolder } from '../../src/cli/teams/teams-manifest.ts';
import { teamsPackage } from '../../src/cli/teams/teams-package.ts';
import { readPng } from './png.ts';
import { unzip } from './unzip.ts';

const appId = '11111111-2222-4333-8444-555555555555';
const root = join(import.meta.dirname, '..', '..');
const json = (bytes: Buffer | undefined) => JSON.parse(String(bytes)) as Record<string, unknown>;

/** Teams' suggestions, in order. */
const [bot] = (await readTeamsManifest()).bots;
const titles = bot!.commandLists.flatMap(({ commands }) => commands.map(({ title }) => title));

/** Microsoft's own schema of this version, from its package. */
function schema(name: string, version = '1.29') {
  const home = dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest/package.json'));
  const file = join(home, 'build', 'json-schemas', 'teams', `v${version}`, `MicrosoftTeams.${name}.json`);
  // Some of its patterns are invalid in the stricter mode that ajv uses first; its formats are patterns as well.
  const ajv = new AjvDraft04.default({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
}

describe('the package', () => {
  test('its manifest is valid, and names the bot in both places', async () => {
    const files = unzip((await teamsPackage(appId)).bytes);
    const manifest = json(files.get('manifest.json'));
    const valid = schema('schema');
    valid(manifest);
    expect(valid.errors).toBeNull();
    expect(manifest).toMatchObject({ id: appId, manifestVersion: '1.29', bots: [{ botId: appId }] });
    expect(String(files.get('manifest.json'))).not.toContain('00000000-0000-0000-0000-000000000000');
  });

  test('for older clients it is valid too, and offers its commands after a mention', async () => {
    const files = unzip((await teamsPackage(appId, '1.19')).bytes);
    const manifest = json(files.get('manifest.json'));
    const valid = schema('schema', '1.19');
    valid(manifest);
    expect(valid.errors).toBeNull();
    expect(manifest).toMatchObject({ id: appId, manifestVersion: '1.19' });
    expect(JSON.stringify(manifest)).not.toMatch(/supportsTargetedMessages|triggers/);
    const dutch = json(files.get('nl.json'));
    const translated = schema('Localization.schema', '1.19');
    translated(dutch);
    expect(translated.errors).toBeNull();
    const told = ['9', '10'].map((at) => `bots[0].commandLists[0].commands[${at}].title` in dutch);
    expect(told).toEqual([true, false]);
  });

  test('what the schema says about a mistake', () => {
    const valid = schema('schema');
    expect(valid({ manifestVersion: '1.29', id: 'kluis' })).toBe(false);
    expect(valid.errors?.map((error) => error.instancePath)).toContain('/id');
  });

  test('its Dutch is valid, and translates everything that a person reads', async () => {
    const files = unzip((await teamsPackage(appId)).bytes);
    const dutch = json(files.get('nl.json'));
    const valid = schema('Localization.schema');
    valid(dutch);
    expect(valid.errors).toBeNull();
    const commands = titles.flatMap((_, at) =>
      ['title', 'description'].map((field) => `bots[0].commandLists[0].commands[${at}].${field}`),
    );
    const texts = ['name.short', 'name.full', 'description.short', 'description.full'];
    expect(Object.keys(dutch).sort()).toEqual(['$schema', ...texts, ...commands].sort());
  });

  test('has every file that its manifest names, and no other', async () => {
    const files = unzip((await teamsPackage(appId)).bytes);
    expect([...files.keys()].sort()).toEqual(['color.png', 'manifest.json', 'nl.json', 'outline.png']);
    expect(files.get('color.png')).toEqual(await readFile(join(teamsFolder, 'color.png')));
  });

  test('is the same for the same files, and says what is still an example', async () => {
    const [one, other] = await Promise.all([teamsPackage(appId), teamsPackage(appId)]);
    expect(one.bytes.equals(other.bytes)).toBe(true);
    expect(one.isExample).toBe(true);
  });
});

describe('npm run package:teams', () => {
  const run = (cwd: string, id: string | undefined, ...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'src', 'cli', 'package-teams.ts'), ...args], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...(id === undefined ? {} : { MicrosoftAppId: id }) },
    });

  test('writes dist/kluis-teams.zip for the bot of MicrosoftAppId', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kluis-package-'));
    try {
      const ended = run(folder, appId.toUpperCase(), '--example', '--schema', '1.19');
      expect(ended.stdout).toContain(`for bot ${appId}`);
      expect(ended.status).toBe(0);
      const files = unzip(await readFile(join(folder, 'dist', 'kluis-teams.zip')));
      expect(json(files.get('manifest.json'))).toMatchObject({ id: appId, manifestVersion: '1.19' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test.each([
    [undefined, '--example', /MicrosoftAppId: it is not set/],
    ['kluis', '--example', /MicrosoftAppId: it is not an id/],
    [appId, '--schema=1.29', /developer: it is still the example/],
    [appId, '--schema=1.18', /--schema: it must be 1\.29 or 1\.19/],
    [appId, '--exemple', /--exemple: there is no such option/],
  ])('writes nothing for %s %s, and says why', (id, option, words) => {
    const ended = run(tmpdir(), id, option);
    expect(ended.stderr).toMatch(words);
    expect(ended.status).toBe(1);
  });
});

describe('the commands that Teams suggests', () => {
  test('are those that this release has, the most used first, at most twelve', async () => {
    const mostUsed = ['now', 'status', 'access', 'help', 'jobs', 'job', 'cancel', 'protected', 'policies', 'policy'];
    expect(titles.slice(0, 11)).toEqual(['backup', ...mostUsed.map((word) => `backup ${word}`)]);
    expect(differences(await readTeamsManifest())).toEqual([]);
    expect(titles.length).toBeLessThanOrEqual(12);
  });

  test.each(titles)('%s is understood as it is sent, by mention and by slash', (title) => {
    const about = title === 'backup help' ? 'jobs' : 'vm-sql-01';
    for (const text of [title, `/${title}`, `${title} ${about}`])
      expect(['mistyped', 'other']).not.toContain(parseCommand(text).kind);
  });

  test('are offered after a mention and after a slash, in every scope of the bot', async () => {
    const [bot] = (await readTeamsManifest()).bots;
    const everywhere = ['team', 'personal', 'groupChat'];
    expect(bot).toMatchObject({
      scopes: everywhere,
      supportsTargetedMessages: true,
      commandLists: [{ scopes: everywhere, triggers: ['mention', 'slash'] }],
    });
  });

  test('each description begins as its command is typed, or takes no words', async () => {
    const [bot] = (await readTeamsManifest()).bots;
    const takesNone = ['backup help', 'backup policies', 'backup protected', 'backup unprotected'];
    for (const { title, description } of bot!.commandLists[0]!.commands)
      if (!takesNone.includes(title)) expect(description.startsWith(`${title} `)).toBe(true);
  });
});

describe('the icons', () => {
  test('the colour icon is 192 × 192 and fills its square', async () => {
    const { width, height, pixels } = readPng(await readFile(join(teamsFolder, 'color.png')));
    expect([width, height]).toEqual([192, 192]);
    expect(pixels.every(([, , , alpha]) => alpha === 255)).toBe(true);
    expect(pixels[0]?.slice(0, 3)).toEqual([0x4f, 0x52, 0xb2]);
  });

  test('the outline icon is 32 × 32, white on nothing', async () => {
    const { width, height, pixels } = readPng(await readFile(join(teamsFolder, 'outline.png')));
    expect([width, height]).toEqual([32, 32]);
    const seen = pixels.filter(([, , , alpha]) => alpha! > 0);
    expect(seen.length).toBeGreaterThan(100);
    expect(pixels.length - seen.length).toBeGreaterThan(300);
    expect(seen.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
  });
});
