import { mutantsOf, type Mutant } from './mutant.ts';

const fold = ['alerts/fold.properties.test.ts', 'alerts/one-cause.test.ts'];
const looks = ['bot/vault-looks.test.ts', 'alerts'];
const over = ['alerts/backups-over.test.ts', 'bot/vault-looks.test.ts'];

/** Faults in what is wrong, since when, and whom it is told to. */
export const alertMutants: readonly Mutant[] = [
  ...mutantsOf('src/alerts/fold.ts', fold, [
    [
      'fold-good',
      "if (good) end(folding, key, { why: good.lapsed ? 'other-cause' : 'good', at: good.at });",
      '',
      'An alert stays open though all is well.',
    ],
    [
      'fold-lapsed',
      "why: good.lapsed ? 'other-cause' : 'good'",
      "why: 'good'",
      'What is gone is told as in order again.',
      ...fold,
      ...over,
    ],
    [
      'fold-after',
      'const bad = good ? seen.slice(seen.indexOf(good) + 1) : seen;',
      'const bad = seen;',
      'What failed before it was well again opens an alert.',
    ],
    [
      'fold-twice',
      "if (!known) end(folding, key, { why: 'other-cause', at: newest.at });",
      '',
      'One VM stands in two alerts.',
    ],
    [
      'fold-count',
      'failures: (known?.failures ?? 0) + bad.length',
      'failures: bad.length',
      'A VM that failed for a week is told as failed once.',
    ],
    [
      'fold-since',
      'since: known?.since ?? oldest.at',
      'since: oldest.at',
      'What is wrong since Monday is told as wrong since today.',
    ],
    [
      'fold-last-good',
      'lastGood: newest.lastGood ?? known?.lastGood ?? null',
      'lastGood: newest.lastGood',
      'The last good backup is forgotten.',
    ],
    [
      'fold-came',
      'if (!known) into.came.push(one);',
      'into.came.push(one);',
      'The same VM is told as newly failed each night.',
    ],
    [
      'fold-went',
      "if (how.why === 'good') change.went.push(ended);",
      'change.went.push(ended);',
      'What fails for another cause is told as in order again.',
    ],
    [
      'fold-close',
      'if (alert.affected.some(isOpen)) return alert;',
      '',
      'An alert closes with the first VM that is in order.',
    ],
    [
      'fold-renamed',
      '!isOpen(one) || !isEarlierKey(earlier, key)',
      '!isOpen(one)',
      'An alert takes over another cause.',
    ],
    [
      'news-known',
      'return cause === null ? before !== undefined :',
      'return cause === null ? true :',
      'Each look writes that all is well.',
    ],
    ['news-again', '|| before.last < at;', '|| true;', 'A state is told at each look.'],
    [
      'news-doer',
      "if (before?.doer === 'unnamed' && typeof doer === 'object') return true;",
      '',
      'Who did it isn’t told once it is known.',
      ...fold,
      'bot/vault-looks.test.ts',
    ],
  ]),
  ...mutantsOf(
    'src/alerts/alert.ts',
    ['bot/alerts.test.ts', 'alerts'],
    [
      [
        'scope-severity',
        'rank <= severities.indexOf(severity)',
        'true',
        'A channel for critical alerts gets all of them.',
      ],
      ['scope-unread', "!== 'differs')", "=== 'fits')", 'An alert whose tags couldn’t be read reaches nobody.'],
      [
        'snoozed',
        'snoozedUntil !== null && Date.parse(snoozedUntil) > now.getTime()',
        'snoozedUntil !== null',
        'A snoozed alert stays quiet for ever.',
      ],
      [
        'morning',
        'return at(0) > now ? at(0) : at(1);',
        'return at(1);',
        'A snooze at night lasts until the day after.',
      ],
    ],
  ),
  ...mutantsOf(
    'src/alerts/cause.ts',
    ['alerts/one-cause.test.ts', 'bot/alerts.test.ts'],
    [
      [
        'cause-vault',
        'return [findingKey, code, said(finding).title, ...named].join(',
        'return [findingKey, code, said(finding).title].join(',
        'Two key vaults with a key of one name are one cause.',
      ],
      [
        'cause-names',
        'key: errorKey({ codes, texts: says, names })',
        'key: errorKey({ codes, texts: says, names: [] })',
        'One failure of twenty VMs gives twenty alerts.',
      ],
      [
        'cause-earlier',
        'key.startsWith(`${earlier} `)',
        'key.startsWith(earlier)',
        'An alert of before is taken for another cause’s.',
      ],
    ],
  ),
  ...mutantsOf(
    'src/alerts/looks/endless.ts',
    ['alerts/endless.test.ts'],
    [
      [
        'endless-first',
        'longestMs === null ? firstLimit : Math.max(backupLimit, timesUsual * longestMs)',
        'Math.max(backupLimit, timesUsual * (longestMs ?? 0))',
        'A first backup is called endless after a day.',
      ],
      [
        'endless-usual',
        'Math.max(backupLimit, timesUsual * longestMs)',
        'backupLimit',
        'A large VM’s backup is called endless each night.',
      ],
      [
        'endless-ended',
        'if (!isRunning(job) || job.startTime === null) return false;',
        'if (job.startTime === null) return false;',
        'A job that ended is called endless.',
      ],
      [
        'endless-other',
        'return ran > otherLimit;',
        'return ran > backupLimit;',
        'A restore is called endless after a day.',
      ],
    ],
  ),
  ...mutantsOf(
    'src/alerts/looks/schedules.ts',
    ['alerts/schedules.properties.test.ts', 'bot/vault-looks.test.ts'],
    [
      [
        'missed-early',
        'const to = until.getTime() - late;',
        'const to = until.getTime();',
        'A backup is called missed while Azure may still start it.',
      ],
      [
        'missed-first',
        'newest === null ? since.getTime() + day : since.getTime()',
        'since.getTime()',
        'A VM that was just protected is called missed.',
      ],
      [
        'missed-hour',
        'run.getTime() - early > newest.getTime()',
        'run.getTime() > newest.getTime()',
        'After the clocks change, every backup is called missed.',
      ],
    ],
  ),
  ...mutantsOf('src/alerts/looks/protections.ts', over, [
    [
      'stopped-here',
      'const isExpected = stoppedAt >= Date.parse(before.since);',
      'const isExpected = false;',
      'What Kluis stopped for somebody is told as an attack.',
      'bot/protection.test.ts',
      ...over,
    ],
    [
      'stopped-before',
      "state === 'protected' && !isExpected",
      '!isExpected',
      'What was stopped long ago is told as news.',
    ],
    [
      'deleted-over',
      "return state === 'soft-deleted' ? over :",
      'return',
      'Backups whose retention ended are told as deleted once more.',
    ],
    [
      'soft-deleted',
      "(state === 'soft-deleted' ? [] : [newly('soft-deleted')])",
      '[]',
      'Nobody is told that backups were deleted.',
    ],
  ]),
  ...mutantsOf('src/alerts/looks/settings.ts', over, [
    [
      'setting-first',
      "if (found[name] !== 'off' || noted?.settings[name] !== 'on') return [];",
      "if (found[name] !== 'off') return [];",
      'A vault that never had soft delete is told as turned off.',
    ],
    [
      'setting-unread',
      'if (word === null) return null;',
      "if (word === null) return 'off';",
      'A setting that couldn’t be read is told as turned off.',
    ],
    [
      'setting-forgotten',
      'found[name] ?? noted?.settings[name] ?? null',
      'found[name] ?? null',
      'One unread look, and what was turned off since isn’t told.',
    ],
    [
      'setting-word',
      "/^Disabled$/i.test(word) ? 'off' : null",
      "'off'",
      'A word that Azure invents is told as turned off.',
    ],
  ]),
  ...mutantsOf('src/alerts/looks/look.ts', looks, [
    [
      'look-unread',
      'if (items === null) return {',
      'if (items === null && noted === null) return {',
      'A list that couldn’t be read tells that everything is deleted.',
    ],
    [
      'look-unsure',
      'if (look.until === null || look.unsure.has(key)) return [];',
      'if (look.until === null) return [];',
      'A job that couldn’t be read again closes its alert.',
    ],
    [
      'look-gone',
      'if (isGone === undefined) return [];',
      "if (isGone === undefined) return [inOrder('vm-gone', subject, now)];",
      'A VM that couldn’t be read closes its alert.',
    ],
    [
      'look-running',
      'lastBackupTime, lastRecoveryPoint, runs ? now : null]',
      'lastBackupTime, lastRecoveryPoint]',
      'A running backup is told as missed.',
    ],
    [
      'look-since',
      'since: goes ? before.since : look.now.toISOString()',
      'since: look.now.toISOString()',
      'A missed backup is never told.',
    ],
  ]),
  ...mutantsOf(
    'src/alerts/looks/doers.ts',
    ['bot/vault-looks.test.ts'],
    [
      [
        'doer-prefix',
        '(id === key || id.startsWith(`${key}/`))',
        'id.startsWith(key)',
        'Who deleted vm-10 is named for vm-1.',
      ],
      ['doer-failed', ' && !/^Failed$/i.test(event.status)', '', 'Somebody is named whose try failed.'],
      [
        'doer-later',
        'event.at >= from && event.at <= to',
        'event.at >= from',
        'Somebody is named for what they did afterwards.',
      ],
      [
        'doer-oldest',
        'b.at.getTime() - a.at.getTime())[0]',
        'a.at.getTime() - b.at.getTime())[0]',
        'The first of several is named, not the last.',
      ],
    ],
  ),
  ...mutantsOf(
    'src/alerts/shown-cause.ts',
    ['bot/alerts.test.ts', 'alerts'],
    [
      [
        'shown-common',
        "typeof value === 'number' || isShared(name) ? value : `<${name}>`",
        'value',
        'A channel’s fix names another VM than the ones that it shows.',
      ],
      [
        'shown-clear',
        'shown.every((one) => one.own?.isClear)',
        'shown.some((one) => one.own?.isClear)',
        'All is called in order because one VM is.',
      ],
    ],
  ),
];
