/** Every finding of the readiness checks and every reason against a destination, in Dutch. */
import { destinationFindingsNl } from './findings-destination.nl.ts';
import { diskFindingsNl } from './findings-disks.nl.ts';
import { keyFindingsNl } from './findings-keys.nl.ts';
import { machineFindingsNl } from './findings-machine.nl.ts';

/**
 * By code: `title` for the folded list; `text` says what was found and why it matters; `fix`
 * is the remedy, quickest first.
 */
export const findingsNl: Record<string, { title: string; text: string; fix?: string }> = {
  ...machineFindingsNl,
  ...diskFindingsNl,
  ...keyFindingsNl,
  ...destinationFindingsNl,
};
