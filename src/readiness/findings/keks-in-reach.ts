import type { Assessment } from './assessment.ts';
import type { Finding } from './finding.ts';

const maybeOfCertificate: ReadonlySet<string> = new Set(['kek-origin.dated', 'kek-origin.unread']);

/**
 * The URLs of a VM's KEKs, if Azure Backup certainly has the access that it needs to them: its "permissions not
 * configured" of a backup that starts now then means a certificate's key. Null: it may mean just what it says.
 */
export function keksInReach(assessment: Pick<Assessment, 'findings'>): readonly string[] | null {
  return urlsInReach(assessment, () => true);
}

/**
 * The same for a backup that failed before: access may have been given since, so only the KEKs that look like a
 * certificate's, or that nobody could look at, are suspect.
 */
export function suspectKeks(assessment: Pick<Assessment, 'findings'>): readonly string[] | null {
  return urlsInReach(assessment, ({ code }) => maybeOfCertificate.has(code));
}

function urlsInReach({ findings }: Pick<Assessment, 'findings'>, counts: (kek: Finding) => boolean) {
  const rights = findings.filter(({ check }) => check === 'rights');
  if (rights.length === 0 || !rights.every(({ verdict }) => verdict === 'ok')) return null;
  const keks = findings.filter((one) => one.check === 'kek-origin' && counts(one));
  const urls = keks.flatMap(({ params }) => params['urls'] ?? []).map(String);
  return urls.length > 0 ? [...new Set(urls)] : null;
}
