import { readFile } from 'node:fs/promises';
import type { KluisConfig } from '../../../config/kluis-config.ts';
import { defaultConfig, parseKluisYaml } from '../../../config/kluis-yaml.ts';
import type { Problem } from '../../../config/problem.ts';
import type { Settings } from '../../../config/settings.ts';
import { namedGroups } from '../../../people/named-groups.ts';
import type { Role } from '../../../people/roles.ts';
import { ok, problem, someOf, warning, type Finding } from '../finding.ts';

const about = 'kluis.yaml';

/**
 * Checks `kluis.yaml`. If it can't be used, `config` is the default without a file, so that the rest can be checked.
 */
export async function checkConfig(
  settings: Pick<Settings, 'azure' | 'configPath' | 'configPathGiven'>,
): Promise<{ readonly config: KluisConfig; readonly findings: readonly Finding[] }> {
  const base = defaultConfig(settings.azure.mode);
  const file = await readFile(settings.configPath, 'utf8').then(
    (text) => ({ text }),
    ({ code }: NodeJS.ErrnoException) => ({ code }),
  );
  if (!('text' in file)) return { config: base, findings: [unread(settings, file.code)] };
  const parsed = parseKluisYaml(file.text, settings.configPath, base);
  if ('problems' in parsed) {
    const found = parsed.problems.map((one) => problem(about, placed(one), one.remedy));
    return { config: base, findings: found };
  }
  const { config } = parsed;
  const findings = [
    ok(about, summaryOf(config)),
    ...roleFindings(config, settings.azure.mode),
    ...glassFindings(config),
  ];
  return { config, findings };
}

function unread(settings: Pick<Settings, 'azure' | 'configPath' | 'configPathGiven'>, code: string | undefined) {
  const { azure, configPath, configPathGiven } = settings;
  if (code !== 'ENOENT' || configPathGiven)
    return problem(
      about,
      `${configPath} can't be read: ${code}`,
      'Correct KLUIS_CONFIG or the permissions of the file',
    );
  if (azure.mode === 'simulator')
    return ok(about, 'there is none: everyone is operator and approver of the simulated Azure');
  return problem(
    about,
    'there is none, and with Azure nobody can do anything without it',
    'Write one: docs/identities-and-roles.md',
  );
}

function summaryOf(config: KluisConfig): string {
  const groups = namedGroups(config).length;
  const limited = config.channels.filter(({ operations }) => operations !== null).length;
  const channels = limited > 0 ? `, ${limited} channels with a limit on what can be started there` : '';
  return `${config.roles.length} roles given, ${groups} Entra groups named, ${config.rules.length} rules${channels}`;
}

function roleFindings({ roles }: KluisConfig, mode: Settings['azure']['mode']): readonly Finding[] {
  const given = new Set<Role>(roles.map(({ role }) => role));
  const findings: Finding[] = [];
  if (roles.length === 0)
    findings.push(
      problem(about, 'nobody has a role, so nobody can even view anything', 'Give roles: docs/identities-and-roles.md'),
    );
  else if (!given.has('operator'))
    findings.push(warning(about, 'nobody is operator, so nobody can back up', 'Give the role operator to a group'));
  const open = roles.filter(({ role, to }) => to.kind === 'everyone' && role !== 'viewer').map(({ role }) => role);
  if (mode === 'azure' && open.length > 0) {
    const remedy = 'Give it to a group, unless everyone who can reach Kluis should have it';
    findings.push(warning(about, `everyone is ${someOf(open)}`, remedy));
  }
  return findings;
}

function glassFindings({ breakGlass, channels }: KluisConfig): readonly Finding[] {
  if (!breakGlass) return [];
  const { group, perMonth } = breakGlass;
  const found = ok(about, `break-glass is on: ${group.length} people or groups, at most ${perMonth} times a month`);
  if (channels.some(({ approvers }) => approvers)) return [found];
  const remedy = 'Set approvers: true on a channel, so that approvers hear of it there';
  return [found, warning(about, 'break-glass is on, and no channel is for approvers', remedy)];
}

function placed({ at, subject, wrong }: Problem): string {
  return `${at ? `${at.file}:${at.line}:${at.column} ` : ''}${subject}: ${wrong}`;
}
