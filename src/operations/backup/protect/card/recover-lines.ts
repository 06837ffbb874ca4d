/** What the card of a VM whose key vault was deleted says about recovering it. */
import type { Button } from '../../../../message/card-data.ts';
import { restoreKeysButton } from '../../../../message/rendering/restore-keys-button.ts';
import type { Words } from '../../../../message/words.ts';
import type { Assessment } from '../../../../readiness/findings/assessment.ts';
import { isBroughtBack, keyVaultsToRecover } from '../../../../readiness/lost-keys.ts';
import type { BackupChoice } from '../choices.ts';

const maxNamed = 4;

/** Whether a deleted key vault has to be recovered before anything else. */
export function recovers([first]: readonly BackupChoice[]): boolean {
  return first === 'recover-key-vault';
}

/**
 * What recovering brings back, for which other VMs, and that nothing has started. `approved`: it waits for an approval.
 */
export function recoverNote(words: Words, assessment: Assessment, approved: boolean): string[] {
  const keyVaults = keyVaultsToRecover(assessment);
  const others = [...new Set(keyVaults.flatMap((one) => one.others))];
  const vms = others.length > 0 ? words.names(others, maxNamed) : 'none';
  const reach = words.say('recover.reach', { keyVaults: keyVaults.map(({ name }) => name), vms });
  return [reach, ...(approved ? [] : [words.say('no-approval')]), words.say('nothing-changed')];
}

/**
 * If keys are lost that a restore brings back, and there is a recovery point. `isSecond`: something else is offered
 * before it.
 */
export function restoreButton(words: Words, { vm, findings, protection }: Assessment, isSecond: boolean): Button[] {
  const isLost = findings.some((one) => one.verdict === 'block' && !one.aside && isBroughtBack(one));
  if (!isLost || !protection.lastPoint) return [];
  const button = restoreKeysButton(words, { calledAs: vm.id, vm: vm.name });
  return [isSecond ? { ...button, style: 'default' } : button];
}
