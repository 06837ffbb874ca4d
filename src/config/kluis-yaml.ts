import type { z } from 'zod';
import { personIdOf, type PersonLink } from '../people/links.ts';
import type { RoleGrant } from '../people/roles.ts';
import { defaultConfig, type KluisConfig } from './kluis-config.ts';
import type { Problem } from './problem.ts';
import { duplicateAlerts, duplicateChannels, duplicateDrills, duplicatePeople } from './yaml/check-duplicates.ts';
import { badRules } from './yaml/check-rules.ts';
import { openBreakGlass, unknownGroups } from './yaml/check-groups.ts';
import { membersOf, withMembers } from './yaml/named-people.ts';
import type { Source } from './yaml/positions.ts';
import { readSource } from './yaml/read-source.ts';
import { problemAt, problemsOf, unknownKeys } from './yaml/say-issue.ts';
import { type SectionName, sectionNames, sections } from './yaml/sections.ts';

export { defaultConfig } from './kluis-config.ts';

/** The result of reading a file. */
type ParsedConfig = { readonly config: KluisConfig } | { readonly problems: readonly Problem[] };

/**
 * Reads a `kluis.yaml`: either a config that is valid as a whole, or every problem with its line, field and remedy.
 * Never throws. Sections that the file omits are taken from `base`.
 */
export function parseKluisYaml(
  text: string,
  fileName: string,
  base: KluisConfig = defaultConfig('azure'),
): ParsedConfig {
  const read = readSource(text, fileName);
  if ('problems' in read) return read;
  const { source, value } = read;
  if (value === null || value === undefined) return { config: base };
  if (typeof value !== 'object' || Array.isArray(value))
    return { problems: [problemAt(source, [], 'it is not a file of keys and values')] };
  return parseSections(source, value as Readonly<Record<string, unknown>>, base);
}

type Written = { readonly [name in SectionName]?: z.output<(typeof sections)[name]> };

function parseSections(source: Source, value: Readonly<Record<string, unknown>>, base: KluisConfig): ParsedConfig {
  const unknown = Object.keys(value).filter((key) => !(sectionNames as readonly string[]).includes(key));
  const problems = [...unknownKeys(source, [], unknown)];
  const written: { [name: string]: unknown } = {};
  for (const name of sectionNames) {
    if (value[name] === undefined || value[name] === null) continue;
    const parsed = sections[name].safeParse(value[name]);
    if (parsed.success) written[name] = parsed.data;
    else
      problems.push(
        ...parsed.error.issues.flatMap((one) => problemsOf(source, { at: [name], value: value[name] }, one)),
      );
  }
  const broken = sectionNames.filter((name) => value[name] != null && written[name] === undefined);
  const config = joined(written as Written, base);
  problems.push(...crossProblems(source, { config, written: written as Written, broken }));
  return problems.length > 0 ? { problems: inOrder(problems) } : { config };
}

function joined(written: Written, base: KluisConfig): KluisConfig {
  const people = written.people ?? base.people;
  const roles = (written.roles ?? base.roles).map((grant) => withOneId(grant, people));
  const groups = written.groups ?? base.groups;
  const rules = (written.rules ?? base.rules).map((rule) => withMembers(rule, groups, people));
  const glass = written.breakGlass ?? base.breakGlass;
  const breakGlass = glass && { ...glass, group: membersOf(glass.group, groups, people) };
  return { ...base, ...written, people, roles, groups, rules, breakGlass };
}

// A role given to a Slack ID is given to the person, so that it applies in Teams too and counts once.
function withOneId(grant: RoleGrant, people: readonly PersonLink[]): RoleGrant {
  return grant.to.kind === 'user' ? { ...grant, to: { kind: 'user', id: personIdOf(grant.to.id, people) } } : grant;
}

// Checks across sections run only if every section they need could be read, so that no problem is a consequence of
// another.
function crossProblems(
  source: Source,
  { config, written, broken }: { config: KluisConfig; written: Written; broken: readonly SectionName[] },
): readonly Problem[] {
  const isWhole = (['people', 'roles', 'rules'] as const).every((name) => !broken.includes(name));
  return [
    ...duplicatePeople(source, written.people ?? []),
    ...duplicateChannels(source, written.channels ?? []),
    ...duplicateAlerts(source, written.alerts ?? []),
    ...duplicateDrills(source, written.drills ?? []),
    ...(broken.includes('groups')
      ? []
      : unknownGroups(source, { rules: written.rules ?? [], breakGlass: written.breakGlass ?? null }, config.groups)),
    ...openBreakGlass(source, config.breakGlass),
    ...(isWhole && written.rules ? badRules(source, config) : []),
  ];
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0),
  );
}
