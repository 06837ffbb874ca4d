/** What a card says of missing key vault access: which rights, what the grant does and reaches, or why it is not offered. */
import type { Block, Section } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { GrantNeed } from '../../readiness/assessment.ts';
import { grantWords } from '../grant-key-vault-access/words.ts';
import { ruledLine } from '../ruled-words.ts';
import type { Reading } from './flow.ts';
import { grantsFor } from './plan-backup.ts';

/** The lines on missing access; none where nothing is missing. */
export function accessBlocks(words: Words, reading: Reading): Block[] {
  const needs = reading.assessment.grants.filter((need) => need.required);
  if (needs.length === 0) return [];
  const text = (said: string): Block => ({ kind: 'text', text: said });
  return [
    ...needs.flatMap((need) => [
      text(whyText(words, need)),
      ...factsOf([...diskFacts(words, need), ...missingFacts(words, need)]),
    ]),
    ...needs.map((need) => text(need.offered ? fixText(words, need) : obstacleText(words, need))),
    ...heldText(words, reading, needs).map(text),
  ];
}

function factsOf(facts: { title: string; value: string }[]): Block[] {
  return facts.length === 0 ? [] : [{ kind: 'facts', facts }];
}

/** Which disks it is about, where the keys of others lie elsewhere and pass. */
function diskFacts({ say, names }: Words, { disks }: GrantNeed) {
  return disks ? [{ title: say('fact.only-disks'), value: names(disks) }] : [];
}

/** The commands for a person, where the bot does not give the access itself. */
export function byHandDetails(words: Words, reading: Reading, now: Date): Section[] {
  const parts = grantsFor(reading.assessment, { vault: null, then: 'nothing' });
  const commands = parts.map((part) => grantWords.command(part, now));
  if (commands.length === 0 || reading.choices.length > 0) return [];
  const note: Block = { kind: 'text', text: words.say('access.command-note') };
  const title = words.say('fold.by-hand', { count: commands.length });
  return [{ title, body: [note, { kind: 'code', lines: commands }] }];
}

function whyText({ say }: Words, need: GrantNeed): string {
  const keyVault = need.keyVaultName;
  const present = [...need.present.keys, ...need.present.secrets, ...need.present.dataActions].length;
  if (present === 0) return say('access.why-none', { keyVault });
  const onlyCopy = [...need.missing.keys, ...need.missing.secrets].every((right) => right.toLowerCase() === 'backup');
  return onlyCopy && need.model === 'policies' ? say('access.why-copy', { keyVault }) : say('access.why', { keyVault });
}

function missingFacts({ say, names }: Words, need: GrantNeed) {
  const title = say('fact.missing');
  if (need.model === 'roles') {
    if (need.missing.dataActions.length === 0) return [];
    const actions = names(need.missing.dataActions.map((action) => action.replace('Microsoft.KeyVault/vaults/', '')));
    return [{ title, value: say('access.missing-actions', { keyVault: need.keyVaultName, actions }) }];
  }
  const groups = [
    { missing: need.missing.keys, present: need.present.keys, key: 'access.missing-keys' as const },
    { missing: need.missing.secrets, present: need.present.secrets, key: 'access.missing-secrets' as const },
  ];
  return groups
    .filter((group) => group.missing.length > 0)
    .map((group) => {
      const missing = say(group.key, { rights: group.missing });
      const value =
        group.present.length > 0
          ? say('access.has', { missing, present: group.present })
          : say('access.has-none', { missing });
      return { title, value };
    });
}

function fixText({ say }: Words, need: GrantNeed): string {
  const keyVault = need.keyVaultName;
  const count = need.missing.keys.length + need.missing.secrets.length;
  const fix =
    need.model === 'policies'
      ? say('access.fix-policy', { count })
      : say('access.fix-role', { role: need.role?.name ?? '', keyVault });
  const reach = need.freesAlso?.length
    ? say('access.reach-frees', { keyVault, vms: need.freesAlso })
    : say('access.reach', { keyVault });
  return `${fix} ${reach} ${say('access.undo')}`;
}

function obstacleText({ say }: Words, need: GrantNeed): string {
  const obstacle = need.obstacles[0] ?? 'grant-identity';
  return say(`obstacle.${obstacle}`, { keyVault: need.keyVaultName });
}

function heldText({ say, names }: Words, reading: Reading, needs: readonly GrantNeed[]): string[] {
  const keyVault = names(needs.map((need) => need.keyVaultName));
  if (!needs.some((need) => need.offered)) return [];
  if (reading.grantHeld === null) return [];
  if (reading.grantHeld === 'no-identity') return [say('obstacle.grant-identity', { keyVault })];
  return [ruledLine({ say }, reading.grantHeld), say('obstacle.by-hand', { keyVault })];
}
