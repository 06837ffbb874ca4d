import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { differences, readTeamsManifest, teamsFolder, type TeamsManifest } from '../../teams/teams-manifest.ts';
import { ok, problem, someOf, warning, type Finding } from '../finding.ts';
import { readIdentityRoles, rolesFolder } from '../role-files.ts';

const about = 'Manifests';

/** Compares the manifest of the Teams app with the commands of this release, and the role files with one another. */
export async function checkManifests(
  folders = { teams: teamsFolder, roles: rolesFolder },
): Promise<readonly Finding[]> {
  return [...(await checkTeamsManifest(folders.teams)), ...(await checkRoleFiles(folders.roles))];
}

async function checkTeamsManifest(folder: string): Promise<readonly Finding[]> {
  try {
    const manifest = await readTeamsManifest(folder);
    return [...(await missingFiles(manifest, folder)), commandsFinding(differences(manifest))];
  } catch (error) {
    return [unreadable('the manifest of the Teams app', error)];
  }
}

async function missingFiles({ icons, localizationInfo }: TeamsManifest, folder: string): Promise<readonly Finding[]> {
  const files = [...Object.values(icons), ...localizationInfo.additionalLanguages.map(({ file }) => file)];
  const there = await Promise.all(files.map((file) => isThere(join(folder, file))));
  const missing = files.filter((_, at) => !there[at]);
  if (missing.length === 0) return [];
  return [problem(about, `the Teams app lacks ${someOf(missing)}`, 'Restore manifest/teams of this release')];
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function commandsFinding(other: readonly string[]): Finding {
  if (other.length === 0) return ok(about, 'the Teams app suggests the commands of this release');
  const found = `the Teams app suggests other commands than this release has: ${someOf(other)}`;
  return warning(about, found, 'Correct manifest/teams, then npm run package:teams and upload it again');
}

async function checkRoleFiles(folder: string): Promise<readonly Finding[]> {
  try {
    const identities = await readIdentityRoles(folder);
    return [
      ok(about, `${Object.values(identities).flat().length} roles for ${Object.keys(identities).length} identities`),
    ];
  } catch (error) {
    return [unreadable('the role files', error)];
  }
}

function unreadable(what: string, error: unknown): Finding {
  const why = String((error as { message?: unknown }).message).split('\n')[0];
  return problem(about, `${what} can't be read: ${why}`, 'Restore the folder manifest of this release');
}
