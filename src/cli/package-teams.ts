/** `npm run package:teams`: writes dist/kluis-teams.zip, the app that an administrator uploads to Teams. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sayProblem } from '../config/problem.ts';
import { guidSetting, readingOf } from '../config/settings/environment.ts';
import { teamsPackage } from './teams/teams-package.ts';

const folder = 'dist';
const name = 'kluis-teams.zip';

async function main(): Promise<void> {
  const reading = readingOf(process.env);
  const appId = guidSetting(reading, 'MicrosoftAppId', 'the Azure Bot, page Configuration');
  if (appId === null) {
    if (reading.problems.length === 0)
      reading.complain(
        'MicrosoftAppId',
        'it is not set, and the package names the bot by it',
        'Run MicrosoftAppId=<the id of the Azure Bot> npm run package:teams',
      );
    for (const problem of reading.problems) console.error(sayProblem(problem));
    process.exitCode = 1;
    return;
  }
  const { bytes, files, warnings } = await teamsPackage(appId);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), bytes);
  console.log(`${join(folder, name)}: ${files.join(', ')} for bot ${appId}`);
  for (const warning of warnings) console.warn(`Note: ${warning}`);
}

await main();
