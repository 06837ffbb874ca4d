import { mutantsOf, type Mutant } from './mutant.ts';

const write = ['operations/idempotent-write.properties.test.ts'];
const drills = ['operations/delete-drill.properties.test.ts', 'bot/drill-attached.test.ts'];
const rotation = ['operations/drill-rotation.properties.test.ts'];
const template = ['operations/drill-template.test.ts'];
const restored = ['operations/restored-disks.properties.test.ts', 'bot/restored-vm-disks.test.ts'];
const protect = ['operations/protect.test.ts'];
const backUp = ['operations/back-up-now.test.ts'];

/** Faults in what is written to Azure, and in what may be deleted there. */
export const operationMutants: readonly Mutant[] = [
  ...mutantsOf('src/operations/ground/idempotent-write.ts', write, [
    [
      'write-newest',
      "const done = past.find(({ outcome }) => outcome === 'accepted' || outcome === 'adopted');",
      "const done = past.slice(0, 1).find(({ outcome }) => outcome === 'accepted' || outcome === 'adopted');",
      'A write whose answer came late is sent again.',
    ],
    [
      'write-untraced',
      'if (newest && newest.outcome === null) {',
      'if (newest && newest.outcome === null && newest.ageMs < 0) {',
      'A write in doubt is sent again without looking for its trace.',
    ],
    [
      'write-window',
      'if (newest.ageMs < write.reconcileWindowMs) return',
      'if (newest.ageMs < 0) return',
      'A write in doubt is sent again at once.',
    ],
    [
      'write-due',
      'if (write.isDue && !(await write.isDue())) return lookAgain;',
      '',
      'A write is sent that something has made undue.',
      'operations/protect.test.ts',
      'bot/lost-answers.test.ts',
    ],
    [
      'write-barred',
      "if (!(await book.mayBegin(call))) return { end: 'waiting', inMs: waits.again, doubt: false };",
      '',
      'A write is sent that the gate holds back.',
      ...write,
      'bot/rights.test.ts',
    ],
    [
      'write-unstored',
      'if (!(await book.begin({ ...attempt, target: write.target }))) throw new ClaimLost(write.call);',
      'await book.begin({ ...attempt, target: write.target });',
      'A worker that lost its claim sends.',
    ],
    [
      'write-doubt',
      "if (error.doubtful && deadline.sent) return { end: 'waiting', inMs: how.waits.trace, doubt: true };",
      '',
      'A write whose answer was lost counts as not sent.',
    ],
    [
      'write-tokens',
      "return outcome === 'refused' && (receipt as Partial<AzureFaultFacts> | null)?.kind === 'unauthenticated';",
      'return false;',
      'A refused token is tried for ever.',
    ],
    [
      'write-throttled',
      "if (error.kind === 'throttled') {",
      "if (error.kind === 'throttled' && error.status === 0) {",
      'What Azure throttles counts as refused.',
    ],
    [
      'write-once',
      "afterLoss: () => Promise.resolve({ end: 'lost' as const })",
      'afterLoss: (again) => again()',
      'What must be sent once is sent again.',
    ],
  ]),
  ...mutantsOf(
    'src/operations/ground/send-deadline.ts',
    [...write, 'bot/paused.test.ts'],
    [
      [
        'deadline-claim',
        'watch.elapsedMs() >= spanMs || !claim.isCurrent()',
        'watch.elapsedMs() >= spanMs',
        'A worker sends under a claim that is another’s.',
      ],
      [
        'deadline-span',
        'watch.elapsedMs() >= spanMs || !claim.isCurrent()',
        '!claim.isCurrent()',
        'A write leaves after others count it as lost.',
      ],
      [
        'deadline-third',
        'Math.floor(reconcileWindowMs / 3)',
        'reconcileWindowMs',
        'A write leaves so late that another looks for it in vain.',
      ],
    ],
  ),
  ...mutantsOf('src/operations/drill/delete-drill/run.ts', drills, [
    [
      'delete-unlooked',
      "isFree = found.is === 'own' && found.others.length === 0;",
      'isFree = true;',
      'A drill deletes what lost its tag, or holds somebody’s disk, since it looked.',
      ...drills,
    ],
    [
      'delete-attached',
      "isFree = found.is === 'own' && found.others.length === 0;",
      "isFree = found.is === 'own';",
      'A drill deletes a VM to which somebody attached a disk just now.',
    ],
    [
      'delete-kept-done',
      "if (kept.length > 0) return { outcome: failedInternally('others-attached'), memo };",
      '',
      'A drill is told as cleaned up though something is left.',
    ],
    [
      'delete-spared-done',
      "if (spared.length > 0) return { outcome: failedInternally('not-of-drill'), memo };",
      '',
      'A drill is told as cleaned up though something without its tag is left.',
    ],
    [
      'delete-unread-done',
      "return { outcome: made.isKnown ? { ended: 'done' } : failedInternally('drill-disks-unread'), memo };",
      "return { outcome: { ended: 'done' }, memo };",
      'A drill is told as cleaned up though its disks couldn’t be found.',
      'bot/restored-disks.test.ts',
      ...drills,
    ],
    ['delete-tries', 'if (tries + 1 >= maxTries)', 'if (tries + 1 >= 1)', 'A drill gives up after one try.'],
    [
      'delete-at-once',
      'const leftMs = isMade ? began.getTime() + part.keepMs - now.getTime() : 0;',
      'const leftMs = 0;',
      'A drill’s VM is deleted before anybody can look at it.',
      'bot/drill.test.ts',
    ],
  ]),
  ...mutantsOf('src/operations/drill/delete-drill/own.ts', drills, [
    ['own-tag', "if (!hasTag(run, found)) return { is: 'foreign' };", '', 'A drill deletes what doesn’t have its tag.'],
    [
      'own-others',
      'if (!made.some((one) => sameId(one, id))) return [id];',
      '',
      'What somebody attached counts as the drill’s own.',
    ],
    [
      'own-inner',
      "return found.is === 'own' ? found.others : [id];",
      "return found.is === 'own' ? [] : [id];",
      'What is attached to a drill’s interface isn’t looked at.',
    ],
    [
      'own-drill',
      'return drillOf(tags) === (part.left?.drill ?? operation);',
      'return drillOf(tags) !== null;',
      'A drill deletes what another drill made.',
    ],
    [
      'own-stuck',
      'holder !== null && stays.has(keyOfId(holder))',
      'false',
      'A drill tries to delete a disk that a VM which stays still holds.',
    ],
  ]),
  ...mutantsOf('src/operations/drill/delete-drill/made-by-drill.ts', drills, [
    [
      'made-group',
      '[newVmId(part), ...others].filter((id) => isInGroup(id, part.targetGroup.id))',
      '[newVmId(part), ...others]',
      'A row that names another group’s disk gets it deleted.',
    ],
    [
      'made-type',
      '[...made, nic, ...disks].filter(isDeletable)',
      '[...made, nic, ...disks]',
      'A row that names a storage account gets it deleted.',
    ],
  ]),
  ...mutantsOf(
    'src/operations/restore/clean-up-staging/run.ts',
    ['bot/restored-files.test.ts', 'bot/restore-approved.test.ts'],
    [
      [
        'blob-prefix',
        'names.some((name) => blob === `${name}.vhd`)',
        'names.some((name) => blob.startsWith(name))',
        'Every file is deleted whose name begins like a disk’s.',
      ],
      ['blob-named', 'named.filter((name) => name != null && all.includes(name))', '[]', 'A restore’s template stays.'],
      [
        'blob-gone',
        "written.end === 'refused' && written.fault.status !== 404",
        "written.end === 'refused'",
        'A file that somebody deleted stops the rest.',
      ],
    ],
  ),
  ...mutantsOf('src/operations/restore/check-vm/run.ts', restored, [
    [
      'check-other',
      "if (vm.disks.some(isOther)) return { outcome: failedInternally('other-disks'), memo: run.memo };",
      '',
      'A VM with other disks is told as restored.',
    ],
    [
      'check-missing',
      "if (!restored.disks.every(isThere)) return { outcome: failedInternally('disks-missing'), memo: run.memo };",
      '',
      'A VM without one of its disks is told as restored.',
    ],
    [
      'check-agent',
      'if (running && hasAgent(vm))',
      'if (running)',
      'A VM that doesn’t answer is told as restored.',
      'bot/restore-vm.test.ts',
    ],
    [
      'check-encrypted',
      'const isProven = part.encrypted !== true ||',
      'const isProven = true ||',
      'A VM whose disks aren’t encrypted is told as restored.',
      'bot/restore-vm.test.ts',
      'bot/drill.test.ts',
    ],
  ]),
  ...mutantsOf(
    'src/operations/dialogs/guard.ts',
    ['bot/protection.test.ts', 'bot/restore.test.ts'],
    [
      [
        'guard-empty',
        "if (!read.ok || read.value.length === 0) return 'unread';",
        "if (!read.ok) return 'unread';",
        'A Resource Guard of which Azure lists nothing counts as none.',
        'bot/restore.test.ts',
        'bot/protection.test.ts',
      ],
      [
        'guard-none',
        "return guarded ? { request: guarded.request } : 'none';",
        "return 'none';",
        'A Resource Guard isn’t told of.',
      ],
    ],
  ),
  ...mutantsOf('src/operations/drill/drill/rotation.ts', rotation, [
    [
      'turn-at-once',
      'if (running.length + started.length >= times.atOnce) break;',
      'if (started.length >= times.atOnce) break;',
      'More drills run at once than the entry allows.',
    ],
    [
      'turn-name',
      'if (!isFree || taken.has(turn.name.toLowerCase()) ||',
      'if (!isFree ||',
      'Two drills make VMs of one name.',
    ],
    [
      'turn-running',
      ' || running.some(({ id }) => id === turn.id)) continue;',
      ') continue;',
      'A VM gets a second drill while its first runs.',
    ],
    [
      'turn-tried',
      'isDue(times, turn, here) && turn.triedOn !== today',
      'isDue(times, turn, here)',
      'A drill that can’t start is tried all day.',
    ],
    ['turn-order', 'turns.toSorted(byWait)', 'turns', 'The VM that has waited longest isn’t next.'],
    ['turn-closed', 'if (!isOpen(times, here)) return [];', '', 'Drills start on other days than the entry’s.'],
    [
      'turn-never',
      'if (last === null) return 0;',
      'if (last === null) return days;',
      'A VM that never had a drill waits.',
    ],
  ]),
  ...mutantsOf('src/operations/restore/create-vm/isolated.ts', template, [
    [
      'isolated-subnet',
      'if (!ipConfigurations.every(({ properties }) => isInSubnet(properties.subnet.id))) return null;',
      '',
      'A drill’s VM starts in another subnet.',
    ],
    [
      'isolated-some',
      'ipConfigurations.every(({ properties }) => isInSubnet',
      'ipConfigurations.some(({ properties }) => isInSubnet',
      'A drill’s VM has a second address in another subnet.',
    ],
    [
      'isolated-nic',
      '!networkProfile.networkInterfaces.every(({ id }) => isOfTemplate(id)) || ',
      '',
      'A drill’s VM takes an interface that isn’t its template’s.',
    ],
    [
      'isolated-public',
      'properties: { publicIPAddress: _, ...properties } }) => ({',
      'properties }) => ({',
      'A drill’s VM has a public address.',
    ],
    [
      'isolated-disks',
      ' || takesDisks(storageProfile)) return null;',
      ') return null;',
      'A disk of a drill is deleted with its VM, without a look at its tag.',
    ],
    [
      'isolated-tag',
      'tags: { ...tagsIn(one), [drillTag]: drill.tag }',
      'tags: { [drillTag]: drill.tag, ...tagsIn(one) }',
      'A template writes another drill’s tag.',
    ],
  ]),
  ...mutantsOf('src/operations/backup/protect/run.ts', protect, [
    [
      'protect-stopped',
      "if (item && isStopped(item)) return { outcome: failedInternally('protection-stopped') };",
      '',
      'Protection that somebody stopped is turned on again.',
    ],
    [
      'protect-other',
      "if (!planned && !before) return { outcome: failedInternally('protected-otherwise') };",
      '',
      'Somebody’s other policy is overwritten.',
    ],
    [
      'protect-policy',
      'return hasPolicy(part, item) && sameDisks(',
      'return sameDisks(',
      'A VM under another policy counts as protected as planned.',
    ],
    [
      'protect-disks',
      'return hasPolicy(part, item) && sameDisks(item.diskChoice, plannedChoice(part));',
      'return hasPolicy(part, item);',
      'A VM with other disks counts as protected as planned.',
      ...protect,
      'bot/disks.test.ts',
    ],
    [
      'protect-quiet',
      'if (!isThat || !fresh || tries >= maxQuietRepeats) return null;',
      'if (!isThat || !fresh) return null;',
      'A key vault that refuses is asked for ever.',
    ],
  ]),
  ...mutantsOf('src/operations/backup/back-up-now/run.ts', backUp, [
    [
      'backup-joined',
      'return other ? { jobId: other.name, joined: true } : null;',
      'return other ? { jobId: other.name } : null;',
      'Somebody else’s backup is told as ours.',
      ...backUp,
      'bot/lost-answers.test.ts',
    ],
    [
      'backup-own',
      'found.activityId?.toLowerCase() === attemptId.toLowerCase()',
      'found.activityId !== null',
      'Any backup counts as the trace of ours.',
      ...backUp,
      'bot/lost-answers.test.ts',
    ],
    [
      'backup-warned',
      "ended: 'half-done', jobId: id,",
      "ended: 'done', jobId: id,",
      'A backup with warnings is told as done.',
      ...backUp,
      'bot/back-up-now.test.ts',
    ],
    [
      'backup-point',
      'points.filter((candidate) => candidate.time.getTime() >= since)',
      'points',
      'An old recovery point is told as the new one.',
    ],
  ]),
  ...mutantsOf(
    'src/operations/ground/send-if-due.ts',
    [...protect, 'bot/protection.test.ts'],
    [['due-blocked', 'return isBlocked ? {', 'return false ? {', 'What blocks a write isn’t told.']],
  ),
  ...mutantsOf(
    'src/operations/ground/follow-item.ts',
    [...protect, 'bot/lost-answers.test.ts'],
    [
      [
        'follow-forgotten',
        "if (item && isAsPlanned(item)) return { outcome: { ended: 'done' } };",
        "if (item) return { outcome: { ended: 'done' } };",
        'A write that Azure forgot is told as done.',
      ],
      [
        'follow-job',
        'activityId?.toLowerCase() === attemptId.toLowerCase()',
        'activityId !== null',
        'Somebody else’s job counts as ours.',
      ],
    ],
  ),
];
