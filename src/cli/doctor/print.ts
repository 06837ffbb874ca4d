import { redact } from '../../core/log.ts';
import type { Finding } from './finding.ts';

const width = 12;
const labels = { ok: 'ok      ', unknown: 'UNKNOWN ', warning: 'WARNING ', problem: 'PROBLEM ' } as const;

/**
 * The findings as text, each with its remedy, and how many there are of each kind. It contains none of the `hidden`
 * secrets.
 */
export function printed(findings: readonly Finding[], hidden: readonly string[]): string {
  const lines = findings.flatMap(({ verdict, about, found, remedy }) => [
    `${labels[verdict]}${about.padEnd(width)} ${found}`,
    ...(remedy === null ? [] : [`${' '.repeat(labels.ok.length + width)} → ${remedy}`]),
  ]);
  return clean([...lines, '', summary(findings)].join('\n'), hidden);
}

function summary(findings: readonly Finding[]): string {
  const count = (verdict: Finding['verdict']) => findings.filter((finding) => finding.verdict === verdict).length;
  const [problems, warnings, unknowns] = [count('problem'), count('warning'), count('unknown')];
  const untold = unknowns === 0 ? '' : `, ${unknowns} unknown`;
  return `${problems} ${problems === 1 ? 'problem' : 'problems'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, ${count('ok')} in order${untold}`;
}

/** A short secret isn't worth hiding, and removing it would take letters out of words. */
function clean(text: string, hidden: readonly string[]): string {
  const secrets = hidden.filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length);
  const shown = secrets.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), redact(text));
  // What Azure says may hold what somebody typed there: nothing in it moves the terminal's cursor.
  return shown.replaceAll(/[^\P{Cc}\n]|\p{Cf}/gu, ' ');
}
