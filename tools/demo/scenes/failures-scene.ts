import { diagnose, wordsOf } from '../../../src/knowledge/index.ts';
import type { DemoContext } from './demo-context.ts';

const vm = 'vm-app-01';
const known = {
  vm,
  errorCode: 400053,
  errorTitle: 'UserErrorGuestAgentStatusUnavailable',
  errorString: 'VM agent is unable to communicate with the Azure Backup Service.',
};
/** A cause of its own: an open alert takes in everything that fails for the same cause. */
const frozen = {
  vm: 'vm-neu-01',
  errorCode: 0,
  errorTitle: 'UserErrorFsFreezeFailed',
  errorString: 'Failed to freeze one or more mount-points of the VM to take a file-system consistent snapshot.',
};
const unknown = {
  vm,
  errorCode: 499999,
  errorTitle: 'UserErrorNobodyHasSeenYet',
  errorString: 'Something new went wrong while the snapshot was taken.',
};

/** A known error closes the card with its cause and its fixes, an unknown one with Azure's own words and no advice. */
export async function failuresScene(demo: DemoContext): Promise<void> {
  const { chris, words, checks, azure } = demo;
  const { say } = words;
  const [lastGood = ''] = say('ping.last-good', { ago: '…' }).split('…');
  await azure.failsNext(known);
  await chris.says(`/backup now ${vm} retain 30d`);
  const { cause, fix } = documented(demo);
  checks.card(await chris.settled(), {
    title: say('failed.backup', { vm, cause: '…' }),
    says: [cause, say('failed.fixes'), fix, known.errorTitle, say('fact.last-good')],
  });
  await chris.hears(lastGood);
  await azure.failsNext(unknown);
  await chris.says(`/backup now ${vm}`);
  checks.card(await chris.settled(), {
    title: say('failed.backup', { vm, cause: say('failed.unknown-cause') }),
    says: [unknown.errorTitle, String(unknown.errorCode), unknown.errorString, `${say('failed.request')} …-…`],
    saysNot: [say('failed.fixes')],
  });
  await chris.hears(lastGood);
}

/**
 * Somebody subscribes their own chat to alerts, and gets one for a backup that fails elsewhere: one card, which they
 * take, and which closes with the next successful backup.
 */
export async function alertScene({ ben, chris, words, checks, azure }: DemoContext): Promise<void> {
  const { say } = words;
  const { vm } = frozen;
  // Only for this vault: failures elsewhere would interfere.
  await chris.says('/backup watch rsv-prod-neu');
  await chris.learns(say('watch.on'));
  await azure.failsNext(frozen);
  await ben.says(`/backup now ${vm}`);
  checks.card(await ben.settled(), { title: `${vm}…` });
  const alert = await chris.shows(vm);
  checks.card(alert, { title: say('alert.one', { vm, why: '…' }), says: [say('alert.take-on'), frozen.errorTitle] });
  await chris.presses(say('alert.take-on'));
  await chris.shows('Chris');
  await ben.says(`/backup now ${vm}`);
  await ben.settled();
  await chris.shows(say('alert.closed-one', { vm }));
  await chris.says('/backup unwatch');
  await chris.learns(say('watch.off'));
}

/** What the knowledge says about the known error: the beginning of its cause, and its first fix. */
function documented({ words }: DemoContext): { cause: string; fix: string } {
  const codes = [known.errorTitle, String(known.errorCode)];
  const found = diagnose({ codes, texts: [known.errorString], operation: 'backup', origin: 'backup-job' });
  if (found.kind !== 'known') throw new Error(`the knowledge does not know ${known.errorTitle}`);
  const { cause, fixes } = wordsOf(found.entry, words.context.locale);
  return { cause: cause.slice(0, 40), fix: fixes[0] ?? '' };
}
