/** Which disks a restore created, and what shows it, in words. */
import { parseArmId } from '../../core/arm-id.ts';
import { shellWord } from '../../core/shell-word.ts';
import type { Block } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { RestoreDisks, Unsure } from '../parts/restore-disks.ts';
import { jobTag } from './restored-disks.ts';

type Part = Pick<RestoreDisks['part'], 'targetGroup'>;
type Memo = RestoreDisks['memo'];
type Fact = { readonly title: string; readonly value: string };

/** How many are named. */
const maxNamed = 20;

/** The disks by their names, and the ways that found them; or why they aren't known. */
export function foundFacts(words: Words, { targetGroup }: Part, { disks, foundBy = [], unsure }: Memo): Fact[] {
  const { say } = words;
  const title = say('restored.disks');
  if (!disks) return [{ title, value: unsure ? whyUnsure(words, unsure, targetGroup) : say('restored.unread') }];
  const names = disks.map((id) => parseArmId(id)?.name ?? id);
  const ways = foundBy.map((way) => say('restored.way', { way }));
  const [only = ''] = ways;
  const by = ways.length === 1 ? say('restored.one-way', { way: only }) : words.names(ways);
  return [
    { title, value: words.names(names, maxNamed) },
    ...(ways.length > 0 ? [{ title: say('restored.found-by'), value: by }] : []),
  ];
}

/** What each way says if they don't agree, and how a person can look. */
export function unsureBlocks(words: Words, { targetGroup }: Part, { unsure, jobId = '' }: Memo): Block[] {
  const { say } = words;
  if (!unsure) return [];
  const items = unsure.said.map((one) =>
    'count' in one
      ? { text: say('restored.count', { count: one.count }) }
      : { text: say('restored.said', { way: say('restored.way', one), disks: words.names(one.disks, maxNamed) }) },
  );
  return [
    ...(items.length > 0 ? [{ kind: 'list' as const, items }] : []),
    { kind: 'text', text: say('restored.look') },
    { kind: 'code', lines: [tagCommand(targetGroup.name, jobId)] },
  ];
}

/** Lists what a restore's job has tagged in a group. */
export function tagCommand(group: string, jobId: string): string {
  return `az disk list --resource-group ${shellWord(group)} --query "[?tags.${jobTag}=='${jobId}'].name" --output table`;
}

function whyUnsure({ say }: Words, { is }: Unsure, { name: group }: Part['targetGroup']): string {
  const why = { disagree: 'disagree', 'group-unread': 'group', 'one-way': 'oneWay', nothing: 'nothing' }[is];
  return say('restored.unsure', { why, group });
}
