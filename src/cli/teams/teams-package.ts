import { zipSync } from 'fflate';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readTeamsManifest, teamsFolder, type TeamsManifest } from './teams-manifest.ts';

/** The package for Teams, and whether it still names the example as its developer. */
type TeamsPackage = {
  readonly bytes: Buffer;
  readonly files: readonly string[];
  readonly isExample: boolean;
};

/**
 * The manifest versions for which a package can be made: the newest, and the last before slash commands and private
 * answers in channels, for tenants whose clients don't accept the newest yet.
 */
export const schemaVersions = ['1.29', '1.19'] as const;
type SchemaVersion = (typeof schemaVersions)[number];

/** How many commands that version accepts in a list. */
const fewerCommands = 10;

/** The first day that the format supports: the same files always give the same archive. */
const firstDay = new Date(1980, 0, 1);

/** Makes the package of the Teams app for the bot with this ID, from the manifest, its translations and its icons. */
export async function teamsPackage(
  appId: string,
  version: SchemaVersion = '1.29',
  folder = teamsFolder,
): Promise<TeamsPackage> {
  const whole = withId(await readTeamsManifest(folder), appId);
  const manifest = version === '1.19' ? forOlderClients(whole) : whole;
  const { icons, localizationInfo } = manifest;
  const read = async (name: string) => ({ name, bytes: await readFile(join(folder, name)) });
  const languages = await Promise.all(localizationInfo.additionalLanguages.map(({ file }) => read(file)));
  const files = [
    { name: 'manifest.json', bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    ...(await Promise.all([icons.color, icons.outline].map(read))),
    ...languages.map(({ name, bytes }) => ({ name, bytes: version === '1.19' ? translationForOlder(bytes) : bytes })),
  ];
  return {
    bytes: Buffer.from(
      zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), { level: 9, mtime: firstDay }),
    ),
    files: files.map(({ name }) => name),
    isExample: isExample(manifest),
  };
}

function withId(manifest: TeamsManifest, appId: string): TeamsManifest {
  return { ...manifest, id: appId, bots: manifest.bots.map((bot) => ({ ...bot, botId: appId })) };
}

/** Without what that version doesn't support; there a command is offered after a mention. */
function forOlderClients(manifest: TeamsManifest): TeamsManifest {
  const bots = manifest.bots.map(({ supportsTargetedMessages: _targeted, commandLists, ...bot }) => ({
    ...bot,
    commandLists: commandLists.map(({ triggers: _triggers, ...list }) => ({
      ...list,
      commands: list.commands.slice(0, fewerCommands),
    })),
  }));
  const $schema = 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json';
  return { ...manifest, $schema, manifestVersion: '1.19', bots };
}

/** The translation without removed commands: Teams rejects texts for commands that aren't in the manifest. */
function translationForOlder(bytes: Buffer): Buffer {
  const texts = Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(bytes.toString())));
  const left = texts.filter(([key]) => Number(/\.commands\[(\d+)\]/.exec(key)?.[1] ?? 0) < fewerCommands);
  const older = left.map(([key, text]) => [key, key === '$schema' ? text.replace('/v1.29/', '/v1.19/') : text]);
  return Buffer.from(`${JSON.stringify(Object.fromEntries(older), null, 2)}\n`);
}

function isExample({ developer }: TeamsManifest): boolean {
  const urls = [developer.websiteUrl, developer.privacyUrl, developer.termsOfUseUrl];
  return urls.some((url) => URL.parse(url)?.hostname.endsWith('.example'));
}
