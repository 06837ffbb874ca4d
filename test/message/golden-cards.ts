import type { CardMessage, RenderContext } from '../../src/message/card-data.ts';
import { cardKinds } from '../support/cards/kinds.ts';
import { mockUp, mockUpNames } from './mock-ups.ts';

type MockUpName = (typeof mockUpNames)[number];

/** The cards of the restore, of stopping and undeleting, and of a request that no mock-up stands for. */
const kinds = [
  ...['restore-point', 'restore-guarded', 'restore-target', 'restore-vm', 'restore-vm-directly-sure'],
  ...['replace-point', 'replace-staging', 'replace-sure'],
  ...['stop', 'stop-guarded', 'resume', 'resume-guarded', 'undelete'],
  ...['request-one-of-two', 'request-one-of-two-own', 'request-denied', 'request-started'],
  ...['request-changed', 'request-unreached', 'request-continue', 'continue-ask'],
  ...['break-glass', 'break-glass-to-review', 'break-glass-reviewed'],
  ...['exception-ask', 'exception-holds'],
];

/** The cards that have golden files, for Teams and for Slack. */
export const goldenNames: readonly string[] = [...mockUpNames, ...kinds];

/** One of them as a message. */
export async function goldenCard(name: string, context: RenderContext): Promise<CardMessage> {
  if (kinds.includes(name)) return cardKinds[name]!(context);
  return mockUp(name as MockUpName, context);
}
