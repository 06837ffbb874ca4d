/** Who can read restored disks, in words for the people who decide on the restore. Pure. */
import { ownOf } from '../../../../core/own-of.ts';
import type { Block, Section } from '../../../../message/card-data.ts';
import type { Words } from '../../../../message/words.ts';
import type { Names, Told } from '../../../parts/plan.ts';
import { getsAt, type Reader, type RestoreDisksPart } from '../../../parts/restore-disks.ts';

/** What is created in a resource group. */
export type Into = Pick<RestoreDisksPart, 'readers' | 'targetGroup' | 'point'>;

const maxNames = 5;
const maxRows = 25;

/** In one line; none in a plan of an earlier release, which didn't read them. */
export function readersLine({ say, names }: Words, part: Into, { names: called, denialsUnread }: Told): string[] {
  const { readers, targetGroup } = part;
  if (readers === undefined) return [];
  const group = targetGroup.name;
  if (readers === null) return [say('readers.unread', { group })];
  if (readers.length === 0) return [say('readers.none', { group })];
  const getting = readers.filter(getsAt);
  const who = names(
    getting.map((reader) => nameOf(reader, called)),
    maxNames,
  );
  const lines = [
    getting.length > 0 ? say('readers.line', { group, who }) : say('readers.nobody', { group }),
    ...(denialsUnread ? [say('readers.denials-unread')] : []),
  ];
  return [lines.join(' ')];
}

/** Each with the roles that let them, and the scopes of those. */
export function readersSection(words: Words, { readers }: Into, called: Names): Section[] {
  if (!readers || readers.length === 0) return [];
  const { say } = words;
  const items = readers.slice(0, maxRows).map((reader) => ({
    text: [nameOf(reader, called), kindOf(words, reader), ...abilitiesOf(words, reader)].join(' · '),
    note: reader.roles.map((given) => roleText(words, given)).join('; '),
  }));
  const more = readers.length - maxRows;
  const rest = more > 0 ? [{ text: say('readers.more', { count: more }) }] : [];
  const body: Block[] = [
    { kind: 'list', items: [...items, ...rest] },
    { kind: 'text', text: say('readers.elsewhere'), tone: 'quiet' },
  ];
  return [{ title: say('readers.title'), body }];
}

function abilitiesOf({ say }: Words, { exports, attaches }: Reader): string[] {
  return [...(exports ? [say('readers.exports')] : []), ...(attaches ? [say('readers.attaches')] : [])];
}

function nameOf({ id }: Reader, called: Names): string {
  return ownOf(called, id) ?? id;
}

function kindOf({ say }: Words, { kind }: Reader): string {
  switch (kind) {
    case 'User':
      return say('readers.person');
    case 'Group':
    case 'ForeignGroup':
      return say('readers.group');
    case 'ServicePrincipal':
      return say('readers.app');
    default:
      return kind ?? say('readers.other');
  }
}

function roleText({ say }: Words, { role, scope }: Reader['roles'][number]): string {
  const above = /^\/providers\/Microsoft\.Management\/managementGroups\/([^/]+)$/i.exec(scope)?.[1];
  if (above !== undefined) return say('readers.from-management-group', { role, name: above });
  if (scope === '/' || scope === '') return say('readers.from-root', { role });
  return /^\/subscriptions\/[^/]+\/?$/i.test(scope) ? say('readers.from-subscription', { role }) : role;
}
