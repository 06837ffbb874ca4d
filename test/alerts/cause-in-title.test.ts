/** The title of an alert and of a failed job always says why, in at most two lines of a phone. */
import { describe, expect, test } from '@jest/globals';
import { alertCard } from '../../src/alerts/alert-card.ts';
import type { Affected, Alert } from '../../src/alerts/alert.ts';
import { causeOfJob } from '../../src/alerts/cause.ts';
import { preventsRestart } from '../../src/core/restart.ts';
import shorts from '../../src/knowledge/shorts.json' with { type: 'json' };
import { entries } from '../../src/knowledge/entries.ts';
import { maxVerdict } from '../../src/message/card-data.ts';
import { words } from '../../src/message/words.ts';
import { findingsEn } from '../../src/message/wording/finding-tables.ts';
import { failureVerdict } from '../../src/views/jobs/job-failure.ts';

const at = '2026-11-28T00:00:00.000Z';
const affected = (name: string): Affected => ({
  ...{ key: name, name, calledAs: `rg/${name}`, vaultId: '/v', vault: 'rsv', subscription: 's', resourceGroup: 'rg' },
  ...{ tags: {}, jobId: 'j', activityId: null, failures: 1, since: at, last: at, lastGood: null, end: null },
});
const alertOf = (cause: Alert['cause'], names: readonly string[]): Alert => ({
  ...{ id: 'a', cause, affected: names.map(affected), openedAt: at, closedAt: null, takenOn: null, snoozedUntil: null },
});
/** As long as Azure lets them be. */
const params = {
  ...{ keyVault: 'kv-of-24-characters-long', key: 'k'.repeat(60), secret: 's'.repeat(60), version: 'v' },
  ...{ disk: 'd'.repeat(60), disks: ['os-disk-of-the-vm', 'data-disk-1', 'data-disk-2'], vm: 'vm-app-server15' },
};
const people = [['vm-app-server15'], ['v'.repeat(64)], ['vm-1', 'vm-2', 'vm-3']];

describe.each(['en', 'nl'] as const)('in %s', (locale) => {
  const said = words({ locale, timeZone: 'UTC', simulated: false });
  const titleOf = (cause: Alert['cause'], names: readonly string[]) => {
    const alert = alertOf(cause, names);
    return alertCard({ words: said, alert, affected: alert.affected, now: new Date(at) }).data.title;
  };
  const job = { operation: 'Backup', codes: ['UserErrorX'], says: ['x'] };

  test.each(Object.keys(findingsEn))('%s', (code) => {
    const finding = { code, params };
    const { title, short = title } = said.finding(finding);
    for (const names of people) {
      const shown = titleOf(causeOfJob(job, finding, []), names);
      expect(Array.from(shown).length <= maxVerdict || names[0]!.length > 60 ? 'fits' : shown).toBe('fits');
      // With the beginning of the reason, however long a name in it is.
      const reasons = [title, short].map((why) => why.toLowerCase().slice(0, 12));
      expect([shown, reasons.some((why) => shown.toLowerCase().includes(why))]).toEqual([shown, true]);
    }
    const now = { finding, isClear: false, lastPoint: null, about: {} as never };
    const failed = { id: 'j', vm: 'vm-app-server15', calledAs: 'vm-app-server15', vault: 'rsv', vaultId: '/v' };
    const verdict = failureVerdict(said, { ...failed, ...job, activityId: null, now, inRow: 1 })!;
    expect(verdict.title).toBe(titleOf(causeOfJob(job, finding, []), ['vm-app-server15']));
  });

  test('every documented error, and one that nobody has documented', () => {
    for (const { id, codes, match } of entries.filter(({ operation }) => operation.includes('backup'))) {
      const known = causeOfJob(
        { operation: 'Backup', codes: [...codes.slice(0, 1)], says: [...match.slice(0, 1)] },
        null,
        [],
      );
      if (known.key !== `known ${id}`) continue;
      for (const names of [people[0]!, people[2]!])
        expect(titleOf(known, names)).toContain(shorts[id as keyof typeof shorts][locale]);
    }
    const text = 'Something went wrong in a way that nobody has ever described before, and it goes on.';
    const unknown = causeOfJob({ operation: 'Backup', codes: ['UserErrorFromTheFuture'], says: [text] }, null, []);
    expect(titleOf(unknown, ['vm-app-01'])).toContain('UserErrorFromTheFuture');
    const bare = causeOfJob({ operation: 'Backup', codes: ['400001'], says: [text] }, null, []);
    expect(titleOf(bare, ['vm-app-01'])).toMatch(/Something went wrong[^]*…$/);
  });
});

test('the findings that forbid a restart are those that say that the VM won’t start', () => {
  const say = Object.entries(findingsEn).filter(([, { text }]) => /won't start|start the VM/.test(text));
  expect(say.map(([code]) => code).sort()).toEqual(
    Object.keys(findingsEn)
      .filter((code) => preventsRestart({ code }))
      .sort(),
  );
});
