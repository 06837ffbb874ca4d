import type { BackupBook, Books, FailedBackup } from '../../src/core/books.ts';

/** Empty drill records. */
export const noBooks: Books = booksWith({});

/** Drill records with these backups and this number of pending requests. */
export function booksWith(book: Partial<BackupBook>, waiting = { approvals: 0, reviews: 0 }): Books {
  const whole = { good: [], failures: [], isCut: false, since: null, silent: [], ...book };
  return {
    backups: () => Promise.resolve(whole),
    waiting: () => Promise.resolve(waiting),
    jobStart: () => Promise.resolve(null),
  };
}

const [dayMs, quarterMs] = [86_400_000, 900_000];

/**
 * A month of nights before `now`: each with good backups, some with failures, one of which was fixed the same night.
 */
export function monthOf(now: Date): Partial<BackupBook> {
  const midnight = Math.floor(now.getTime() / dayMs) * dayMs - 3_600_000;
  const at = (back: number, hours = 0) => new Date(midnight - back * dayMs + hours * 3_600_000).toISOString();
  const failed = (vm: string, back: number, goodAt: string | null = null): FailedBackup => ({
    item: `rg;${vm}`,
    vm,
    at: at(back),
    goodAt,
  });
  return {
    since: at(23),
    good: Array.from({ length: 24 }, (_, back) => Math.floor(Date.parse(at(back)) / quarterMs)),
    failures: [
      failed('vm-hr-01', 0),
      failed('vm-hr-02', 0),
      failed('vm-hr-01', 1, null),
      failed('vm-app-02', 4, at(4, 3)),
      ...['vm-web-01', 'vm-web-02', 'vm-web-03'].map((vm) => failed(vm, 11, at(10))),
    ],
  };
}
