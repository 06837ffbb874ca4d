/** Everything that a scene plays with. */
import type { Words } from '../../message/words.ts';
import { call } from './lab-door.ts';
import type { Chat } from './chat.ts';
import type { Checks } from './expectations.ts';
import type { Narration } from './narration.ts';
import type { Transcript } from './transcript.ts';

/** The stage: the chats of three people, the words that the cards must use, and the simulated Azure behind it. */
export type Stage = {
  readonly ana: Chat;
  readonly ben: Chat;
  readonly chris: Chat;
  readonly words: Words;
  readonly told: Narration;
  readonly out: Transcript;
  readonly checks: Checks;
  readonly simulatorUrl: string;
};

/** What the simulated Azure holds, as far as the scenes look at it. */
export type Estate = {
  readonly vms: readonly EstateVm[];
  readonly classicVms: readonly EstateVm[];
  readonly items: readonly { readonly vmId: string; readonly points: readonly unknown[] }[];
};

type EstateVm = { readonly subscription: string; readonly resourceGroup: string; readonly name: string };

/** Reads what the simulated Azure holds now. */
export async function estateOf({ simulatorUrl }: Pick<Stage, 'simulatorUrl'>): Promise<Estate> {
  return (await call(`${simulatorUrl}/_sim/state`)) as Estate;
}

/** Lets the next backup of a VM fail with this error. */
export async function failNextBackup(
  { simulatorUrl }: Pick<Stage, 'simulatorUrl'>,
  job: { vm: string; errorCode: number; errorTitle: string; errorString: string },
): Promise<void> {
  await call(`${simulatorUrl}/_sim/faults`, { job, times: 1 });
}
