import { zipSync } from 'fflate';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTeamsManifest, teamsFolder, type TeamsManifest } from './teams-manifest.ts';

/** The package that Teams takes, and what its owner should know of it. */
type TeamsPackage = {
  readonly bytes: Buffer;
  readonly files: readonly string[];
  readonly warnings: readonly string[];
};

/** The first day that the format knows: the same files always make the same archive. */
const firstDay = new Date(1980, 0, 1);

/** Makes the package of the Teams app for the bot with this id, from the manifest, its translations and its icons. */
export async function teamsPackage(appId: string, folder = teamsFolder): Promise<TeamsPackage> {
  const manifest = withId(await readTeamsManifest(folder), appId);
  const { icons, localizationInfo } = manifest;
  const others = [icons.color, icons.outline, ...localizationInfo.additionalLanguages.map(({ file }) => file)];
  const files = [
    { name: 'manifest.json', bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    ...(await Promise.all(others.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })))),
  ];
  return {
    bytes: Buffer.from(
      zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), { level: 9, mtime: firstDay }),
    ),
    files: files.map(({ name }) => name),
    warnings: warningsOf(manifest),
  };
}

function withId(manifest: TeamsManifest, appId: string): TeamsManifest {
  return { ...manifest, id: appId, bots: manifest.bots.map((bot) => ({ ...bot, botId: appId })) };
}

function warningsOf({ developer }: TeamsManifest): readonly string[] {
  const urls = [developer.websiteUrl, developer.privacyUrl, developer.termsOfUseUrl];
  if (!urls.some((url) => URL.parse(url)?.hostname.endsWith('.example'))) return [];
  return ['developer in manifest/teams/manifest.json still has example addresses: write your own there'];
}
