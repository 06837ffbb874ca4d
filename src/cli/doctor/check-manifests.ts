import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { differences, readTeamsManifest, teamsFolder } from '../teams/teams-manifest.ts';
import { ok, problem, someOf, warning, type Finding } from './finding.ts';
import { readIdentityRoles, rolesFolder } from './role-files.ts';

const about = 'Manifests';

/** Compares the manifest of the Teams app with the commands of this release, and the role files with one another. */
export async function checkManifests(
  folders = { teams: teamsFolder, roles: rolesFolder },
): Promise<readonly Finding[]> {
  return [...(await checkTeamsManifest(folders.teams)), ...(await checkRoleFiles(folders.roles))];
}

async function checkTeamsManifest(folder: string): Promise<readonly Finding[]> {
  const manifest = await readTeamsManifest(folder).catch((error: Error) => error);
  if (manifest instanceof Error) return [unreadable('the manifest of the Teams app', manifest)];
  const files = [
    ...Object.values(manifest.icons),
    ...manifest.localizationInfo.additionalLanguages.map(({ file }) => file),
  ];
  const there = await Promise.all(
    files.map((file) =>
      access(join(folder, file)).then(
        () => true,
        () => false,
      ),
    ),
  );
  const missing = files.filter((_, at) => !there[at]);
  const other = differences(manifest);
  return [
    ...(missing.length > 0
      ? [problem(about, `the Teams app lacks ${someOf(missing)}`, 'Restore manifest/teams of this release')]
      : []),
    ...(other.length > 0
      ? [
          warning(
            about,
            `the Teams app suggests other commands than this release has: ${someOf(other)}`,
            'Correct manifest/teams, then npm run package:teams and upload it again',
          ),
        ]
      : [ok(about, 'the Teams app suggests the commands of this release')]),
  ];
}

async function checkRoleFiles(folder: string): Promise<readonly Finding[]> {
  const roles = await readIdentityRoles(folder).catch((error: Error) => error);
  if (roles instanceof Error) return [unreadable('the role files', roles)];
  return [ok(about, `${roles.operate.length + roles.grant.length} roles for the two identities`)];
}

function unreadable(what: string, error: Error): Finding {
  return problem(
    about,
    `${what} cannot be read: ${error.message.split('\n')[0]}`,
    'Restore the folder manifest of this release',
  );
}
