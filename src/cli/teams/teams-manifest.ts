import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { commands } from '../../bot/commands/commands.ts';

/** Where the manifest, its translations and its icons are. */
export const teamsFolder = fileURLToPath(new URL('../../../manifest/teams/', import.meta.url));

/** How many commands Teams shows. */
const maxCommands = 12;

const manifestShape = z.looseObject({
  id: z.string(),
  version: z.string(),
  developer: z.looseObject({ websiteUrl: z.string(), privacyUrl: z.string(), termsOfUseUrl: z.string() }),
  icons: z.object({ color: z.string(), outline: z.string() }),
  localizationInfo: z.object({
    defaultLanguageTag: z.string(),
    additionalLanguages: z.array(z.object({ languageTag: z.string(), file: z.string() })),
  }),
  bots: z
    .array(
      z.looseObject({
        botId: z.string(),
        commandLists: z
          .array(z.looseObject({ commands: z.array(z.object({ title: z.string(), description: z.string() })) }))
          .length(1),
      }),
    )
    .length(1),
});

/** The manifest of the Teams app, as far as the product reads it; the rest is kept as is. */
export type TeamsManifest = z.infer<typeof manifestShape>;

/** Reads the manifest; throws if it isn't JSON or lacks what the product reads. */
export async function readTeamsManifest(folder = teamsFolder): Promise<TeamsManifest> {
  return manifestShape.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
}

/** The titles of the commands that Teams suggests, in order. */
function titlesOf(manifest: TeamsManifest): readonly string[] {
  return manifest.bots.flatMap((bot) => bot.commandLists.flatMap((list) => list.commands.map(({ title }) => title)));
}

/** The commands that come first. */
const mostUsed = [
  'now',
  'status',
  'access',
  'help',
  'jobs',
  'job',
  'cancel',
  'protected',
  'policies',
  'policy',
  'unprotected',
];

/** The titles that the manifest has to contain: this release's commands, the most used first. */
function expectedTitles(): readonly string[] {
  const words = [...new Set([...mostUsed, ...commands.map(({ word }) => word)])];
  return ['backup', ...words.map((word) => `backup ${word}`)].slice(0, maxCommands);
}

/** The differences between the manifest and the code, in words; empty if there are none. */
export function differences(manifest: TeamsManifest): readonly string[] {
  const [there, expected] = [titlesOf(manifest), expectedTitles()];
  return [
    ...there.filter((title) => !expected.includes(title)).map((title) => `${title} is not carried out`),
    ...expected.filter((title) => !there.includes(title)).map((title) => `${title} is missing`),
  ];
}
