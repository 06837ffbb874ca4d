import { announcedDays, daysTo, type CredentialEnd } from '../../../core/own-credential.ts';
import { ok, problem, unknown, warning, type Finding } from '../finding.ts';

const about = 'Secrets';
const renew =
  'Renew it before then: az ad app credential reset --id <its application> --append (with --cert for a certificate), set it, restart';

/** What each expiry means now, the first to expire first. */
export function checkCredentials(ends: readonly CredentialEnd[], now: Date): readonly Finding[] {
  const known = ends.flatMap((one) => ('endsAt' in one ? [one] : []));
  const unread = ends.flatMap((one) => ('unread' in one ? [one] : []));
  const sorted = [...known].sort((one, other) => one.endsAt.getTime() - other.endsAt.getTime());
  return [...sorted.map((one) => endFinding(one, now)), ...unread.map(unreadFinding)];
}

function endFinding({ setting, endsAt }: { readonly setting: string; readonly endsAt: Date }, now: Date): Finding {
  const day = endsAt.toISOString().slice(0, 10);
  const days = daysTo(endsAt, now);
  if (days < 0) return problem(about, `${setting} ended on ${day}`, renew.replace(' before then', ''));
  if (days <= announcedDays) return warning(about, `${setting} ends on ${day}, in ${days} days`, renew);
  return ok(about, `${setting} ends on ${day}`);
}

const reasons: Readonly<Record<Extract<CredentialEnd, { unread: string }>['unread'], string>> = {
  forbidden: 'the operating identity lacks Application.Read.All of Microsoft Graph',
  'not-found': 'the directory knows no such secret of this application',
  unavailable: "it couldn't be read",
};

function unreadFinding({ setting, unread }: Extract<CredentialEnd, { unread: string }>): Finding {
  const look =
    'Look at entra.microsoft.com, App registrations, Certificates & secrets: az ad app credential list --id <its application>';
  return unknown(about, `when ${setting} ends can't be told: ${reasons[unread]}`, look);
}
