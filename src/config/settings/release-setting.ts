import { readFileSync } from 'node:fs';
import type { Release } from '../../core/release.ts';
import type { Reading } from './environment.ts';

/** The setting that the image brings with it. */
export const releaseNames = ['KLUIS_COMMIT'] as const;

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

/** Which release this is: the package's version, and the commit that the image was built from. */
export function readRelease(reading: Reading): Release {
  const commit = reading.text('KLUIS_COMMIT');
  if (commit !== null && !/^[0-9a-f]{7,64}$/.test(commit))
    reading.complain('KLUIS_COMMIT', 'it is not the hash of a commit', 'Leave it out: the image has it');
  return { version, commit };
}
