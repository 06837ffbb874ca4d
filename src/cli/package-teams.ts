/**
 * `npm run package:teams`: writes dist/kluis-teams.zip, the app that an administrator uploads to Teams. `--schema 1.19`
 * leaves out what older clients don't accept; `--example` keeps the example as the developer, to try it out.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sayProblem } from '../config/problem.ts';
import { guidSetting, readingOf, type Reading } from '../config/settings/environment.ts';
import { schemaVersions, teamsPackage } from './teams/teams-package.ts';

const folder = 'dist';
const name = 'kluis-teams.zip';

async function main(): Promise<void> {
  const reading = readingOf(process.env);
  const { version, mayBeExample } = wishesOf(reading, process.argv.slice(2));
  const appId = guidSetting(reading, 'MicrosoftAppId', 'the Azure Bot, page Configuration');
  if (appId === null && reading.text('MicrosoftAppId') === null)
    reading.complain(
      'MicrosoftAppId',
      'it is not set, and the package names the bot by it',
      'Run MicrosoftAppId=<the id of the Azure Bot> npm run package:teams',
    );
  const made = appId === null ? null : await teamsPackage(appId, version);
  if (made?.isExample && !mayBeExample)
    reading.complain(
      'developer',
      'it is still the example in manifest/teams/manifest.json, and people would see it as who made the app',
      'Write your company and its addresses there, or add --example to try the app out',
    );
  if (made === null || reading.problems.length > 0) {
    for (const problem of reading.problems) console.error(sayProblem(problem));
    process.exitCode = 1;
    return;
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), made.bytes);
  console.log(`${join(folder, name)}: ${made.files.join(', ')} for bot ${appId}, manifest ${version}`);
}

function wishesOf(reading: Reading, args: readonly string[]) {
  const options = { schema: { type: 'string' }, example: { type: 'boolean' } } as const;
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens)
    if (token.kind !== 'option' || !Object.hasOwn(options, token.name))
      reading.complain(args[token.index] ?? '', 'there is no such option', 'There are --schema and --example');
  const wished = values.schema ?? schemaVersions[0];
  const version = schemaVersions.find((one) => one === wished);
  if (!version)
    reading.complain('--schema', `it must be ${schemaVersions.join(' or ')}`, 'Leave it out for the newest');
  return { version: version ?? schemaVersions[0], mayBeExample: values.example === true };
}

await main();
