/**
 * What a card says about missing key vault access: which permissions, what the grant does and covers, or why it isn't
 * offered.
 */
import type { Block, Section } from '../../../../message/card-data.ts';
import type { Words } from '../../../../message/words.ts';
import type { GrantNeed } from '../../../../readiness/findings/assessment.ts';
import { grantEffects, grantWords } from '../../grant-key-vault-access/words.ts';
import { ruledLine } from '../../../wording/ruled-words.ts';
import type { Reading } from '../known.ts';
import { lacksOnlyCopy } from './readiness-verdict.ts';
import { grantsFor } from '../plan-backup.ts';

/**
 * Why Azure refuses for lack of access, in one sentence for all key vaults to which the same applies; none if nothing
 * is missing.
 */
export function accessWhy(words: Words, reading: Reading): string[] {
  const needs = needed(reading);
  const ofKeks = needs.every(isOfKekOnly);
  const alike = Map.groupBy(needs, (need) => whyKey(need, ofKeks));
  return [...alike].map(([key, needs]) =>
    words.say(key, { keyVault: words.names(needs.map(({ keyVaultName }) => keyVaultName)) }),
  );
}

/** What has to be read before pressing: why the access isn't offered here, and who can give it. */
export function accessObstacles(words: Words, reading: Reading): Block[] {
  const needs = needed(reading);
  const barred = needs.flatMap((need) => (need.offered ? [] : [obstacleText(words, need)]));
  return [...barred, ...heldText(words, reading, needs)].map((text) => ({ kind: 'text', text }));
}

/** What a press grants, as a request for it says; nothing if nothing is offered. */
export function accessFix(words: Words, { assessment }: Reading): string[] {
  const parts = grantsFor(assessment, { vault: null, then: 'nothing' });
  return grantEffects(words, parts).map((text) => `${text}.`);
}

/** Which permissions are missing, for the details. */
export function missingDetails(words: Words, reading: Reading): Section[] {
  const facts = needed(reading).flatMap((need) => [...diskFacts(words, need), ...missingFacts(words, need)]);
  return facts.length === 0 ? [] : [{ title: words.say('fact.missing'), body: [{ kind: 'facts', facts }] }];
}

function needed({ assessment }: Reading): readonly GrantNeed[] {
  return assessment.grants.filter((need) => need.required);
}

/** Which disks are affected, if others' keys are elsewhere and in order. */
function diskFacts({ say, names }: Words, { disks }: GrantNeed) {
  return disks ? [{ title: say('fact.only-disks'), value: names(disks) }] : [];
}

/** The commands for a person, if the bot doesn't give the access itself. */
export function byHandDetails(words: Words, reading: Reading, now: Date): Section[] {
  const parts = grantsFor(reading.assessment, { vault: null, then: 'nothing' });
  const commands = parts.map((part) => grantWords.command(part, now));
  if (commands.length === 0 || reading.choices.length > 0) return [];
  const note: Block = { kind: 'text', text: words.say('access.command-note') };
  const title = words.say('fold.by-hand', { count: commands.length });
  return [{ title, body: [note, { kind: 'code', lines: commands }] }];
}

function whyKey(need: GrantNeed, ofKeks: boolean) {
  const present = [...need.present.keys, ...need.present.secrets, ...need.present.dataActions].length;
  if (present === 0) return ofKeks ? 'access.why-none-kek' : 'access.why-none';
  return lacksOnlyCopy(need) ? 'access.why-copy' : 'access.why';
}

/** Whether the key vault holds only the KEK, and the disk keys are in another one. */
function isOfKekOnly({ missing: { keys, secrets, dataActions } }: GrantNeed): boolean {
  const isOfKeys = (action: string) => action.toLowerCase().includes('/vaults/keys/');
  return secrets.length === 0 && dataActions.every(isOfKeys) && keys.length + dataActions.length > 0;
}

function missingFacts({ say, names }: Words, need: GrantNeed) {
  const title = need.keyVaultName;
  if (need.model === 'roles') {
    if (need.missing.dataActions.length === 0) return [];
    const actions = names(need.missing.dataActions.map((action) => action.replace('Microsoft.KeyVault/vaults/', '')));
    return [{ title, value: actions }];
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
