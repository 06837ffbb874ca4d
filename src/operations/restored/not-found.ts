import type { InternalFailure } from '../ground/part.ts';
import type { Verdict } from './restored-disks.ts';

/** The failure of a part that needs to know which disks were restored, and doesn't. */
export function whyNotFound({ is }: Exclude<Verdict, { is: 'found' }>): InternalFailure {
  return is === 'disagree' ? 'restored-disagree' : 'restored-unread';
}
