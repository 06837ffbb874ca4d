/** Every finding of the readiness checks and every reason against a destination, in English. */
import { destinationFindingsEn } from './findings-destination.en.ts';
import { diskFindingsEn } from './findings-disks.en.ts';
import { keyFindingsEn } from './findings-keys.en.ts';
import { machineFindingsEn } from './findings-machine.en.ts';

/**
 * By code: `title` for the folded list; `text` says what was found and why it matters; `fix`
 * is the remedy, quickest first.
 */
export const findingsEn: Record<string, { title: string; text: string; fix?: string }> = {
  ...machineFindingsEn,
  ...diskFindingsEn,
  ...keyFindingsEn,
  ...destinationFindingsEn,
};
