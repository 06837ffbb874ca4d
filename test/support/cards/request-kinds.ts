/** The cards of requests for approval, as the requester and the approvers see them. */
import type { ApprovalRequest, Glass, Vote } from '../../../src/approval/request.ts';
import { refuse, type Refusal } from '../../../src/core/refusal.ts';
import type { CardMessage, RenderContext } from '../../../src/message/card-data.ts';
import { words, type Words } from '../../../src/message/words.ts';
import { drawDrills } from '../../../src/operations/drill/allow-drills/card.ts';
import { refusedNote, standingNote } from '../../../src/operations/drill/allow-drills/notes.ts';
import { drawLeftovers } from '../../../src/operations/drill/delete-drill/card.ts';
import { drawException } from '../../../src/operations/exception/allow-vm-without-kek/card.ts';
import { drawContinue } from '../../../src/operations/restore/continue-restore/card.ts';
import { requestCard } from '../../../src/operations/cards/approval-card.ts';
import { breakGlassForm, type GlassInputs } from '../../../src/operations/cards/break-glass-card.ts';
import { withApprovalButtons, type Asking } from '../../../src/operations/cards/request/asking.ts';
import { whyOf } from '../../../src/operations/cards/request/why-of.ts';
import { requestsCard, type RequestList } from '../../../src/operations/cards/requests-card.ts';
import { planDigest, type Plan } from '../../../src/operations/parts/plan.ts';
import { ruledLine } from '../../../src/operations/wording/ruled-words.ts';
import { planText } from '../../../src/operations/cards/plan-words.ts';
import { card, planned } from './operation-kinds.ts';
import { drawn, now, vm, type Kinds } from './readiness-kinds.ts';
import { restoreKinds } from './restore-kinds.ts';
import { vmPlan } from './restore-end-kinds.ts';

const ben: Vote = { person: 'ben', name: 'Ben Okafor', decision: 'approve', reason: null, at: now };

const asked = (plan: Plan, over: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  id: '1f5a3f8e-5d1b-4f9e-9a0e-6a3f9f1d2b7c',
  digest: planDigest(plan),
  terms: { approvals: 2, withinMs: 4 * 3_600_000, startMs: 3_600_000 },
  requester: 'ana',
  askers: ['ana'],
  makers: [],
  state: 'pending',
  votes: [],
  glass: null,
  createdAt: now,
  approvedAt: null,
  startedAt: null,
  ...over,
});

const list =
  (which: RequestList, count: number): Kinds[string] =>
  async (look) => {
    const plan = await planned('vm-web-01', 'grant-key-vault-access+protect+back-up-now');
    const made = (at: number) => asked(plan, { votes: [ben], createdAt: new Date(now.getTime() - at * 60_000) });
    const all = Array.from({ length: count }, (_, at) => ({ plan, requestedBy: 'Ana de Vries', request: made(at) }));
    return requestsCard(words(look), which, { all, now });
  };

const glassOfMonth = { perMonth: 3, left: 1, nextMonth: '2027-01-01' };

/** Who sees the card, and in which state. */
type Look = {
  readonly isOwn?: boolean;
  readonly quiet?: boolean;
  /** How often of three; absent: not at all. */
  readonly glassLeft?: number;
  readonly unreadable?: boolean;
  readonly objections?: readonly string[];
  readonly refusal?: Refusal;
  readonly changes?: readonly string[];
  readonly unreached?: Parameters<typeof requestCard>[0]['unreached'];
  readonly deciders?: Parameters<typeof requestCard>[0]['deciders'];
  readonly untold?: boolean;
};

function requested(look: RenderContext, plan: Plan, { over, as }: { over: Partial<ApprovalRequest>; as: Look }) {
  const {
    isOwn = false,
    quiet = false,
    glassLeft,
    unreadable = false,
    objections = [],
    refusal,
    changes = [],
    unreached = [],
    deciders = [{ people: [{ name: 'Ben Okafor' }, { name: 'Eva Lind' }], groups: [], missing: 1 }],
    untold = isOwn && glassLeft !== undefined,
  } = as;
  const said = words(look);
  return requestCard({
    words: said,
    plan: unreadable ? null : plan,
    planText: (of) => planText(said, of, now),
    changes,
    requestedBy: 'Ana de Vries',
    dialog: isOwn ? { id: '0f5a3f8e-5d1b-4f9e-9a0e-6a3f9f1d2b7c', revision: 3 } : null,
    request: asked(plan, over),
    deciders,
    unreached,
    quiet,
    untold,
    reader: isOwn ? { isAsker: true, mayApprove: false, mayDeny: false, mayReview: false } : null,
    breakGlass: glassLeft === undefined ? null : { ...glassOfMonth, left: glassLeft },
    objections,
    refusal: refusal ? ruledLine(said, refusal) : null,
    reason: whyOf(plan, isOwn ? null : 'Backup of vm-web-01 failed: no access to kv-web-weu'),
    ticket: isOwn ? 'CHG0012345' : null,
    now,
  });
}

const request =
  (over: Partial<ApprovalRequest>, as: Look = {}): Kinds[string] =>
  async (look) =>
    requested(look, await planned('vm-web-01', 'grant-key-vault-access+protect+back-up-now'), { over, as });

/** A request for a restore that creates a VM, as an approver or the requester sees it. */
export const ofRestore =
  (over: Partial<ApprovalRequest>, as: Look = {}) =>
  (look: RenderContext): CardMessage =>
    requested(look, vmPlan, { over: { terms: { ...asked(vmPlan).terms, approvals: 1 }, ...over }, as });
/** Approved by one of two people. */
const oneOfTwo: Partial<ApprovalRequest> = { terms: asked(vmPlan).terms, votes: [ben] };
/** Approved, and denied by the same person before it started. */
export const revoked: Partial<ApprovalRequest> = {
  state: 'revoked',
  votes: [{ ...ben, decision: 'deny', reason: 'Wrong VM.' }],
  approvedAt: now,
};
/** Approved, and refused by Azure at the last check. */
const refused: Partial<ApprovalRequest> = { state: 'approved', votes: [ben], approvedAt: now };
/** Why the gate refused what others had approved. */
const refusedBecause = refuse('denied-by-rule', { what: 'protect', on: 'vm-web-01', rule: 'tag:env=prod' });
const objections = ['The storage account cannot be reached from the region of the vault.'];
/** What differs from an earlier request. */
const changes = [
  '− Restore the disks of vm-app-01 from 25 Nov 2026 02:20 CET into rg-restore',
  '+ Restore the disks of vm-app-01 from 26 Nov 2026 02:20 CET into rg-restore',
  '+ Ana de Vries · person · can export what is on them · can attach them to a VM: Owner',
  'VM: owner payroll → finance',
  '+ In key vault kv-prod-weu: bring back keys and secrets of the disks if they are gone or disabled',
];
/** Approved, and left to the requester to start. */
export const held: Partial<ApprovalRequest> = {
  terms: { ...asked(vmPlan).terms, approvals: 1, startedBy: 'requester' },
  state: 'approved',
  votes: [ben],
  approvedAt: now,
};

const form =
  (filled?: { readonly inputs: GlassInputs; readonly isWrong: true }): Kinds[string] =>
  async (look) => {
    const plan = await planned('vm-web-01', 'grant-key-vault-access+protect+back-up-now');
    const said = words(look);
    const drawing = { words: said, request: asked(plan), plan, text: planText(said, plan, now), glass: glassOfMonth };
    const notes = { vm: said.say('refusal.break-glass-name') };
    const more = filled && { filled: { inputs: filled.inputs, notes } };
    return breakGlassForm({ ...drawing, requestedBy: 'Ana de Vries', ...more });
  };

const glass: Glass = {
  person: 'dirk',
  name: 'Dirk Smit',
  reason: 'The disk is dying and nobody answers.',
  typed: 'vm-web-01',
  at: now,
  review: null,
};
const review = { person: 'ben', name: 'Ben Okafor', note: 'Right call.', at: now };

/** What `/backup exception` finds about a VM whose disks have no KEK. */
const exception =
  (over: object = {}): Kinds[string] =>
  (look) => {
    const vm = { id: '/vm', name: 'vm-bek-01', os: null, tags: {} };
    const found = { vm, stands: 'refused', holds: null, several: [], unread: [], at: now.toISOString(), ...over };
    return Promise.resolve(
      drawException({ ...drawn(look), known: { args: [vm.name], found }, next: 'reason' } as never),
    );
  };

/** The card of `backup drills` for an entry whose second VM had a drill. */
export const drillsCard =
  (entry: object | null, more: object = {}, left: object = {}) =>
  (look: RenderContext): CardMessage => {
    const at = now.toISOString();
    const group = '/subscriptions/s/resourceGroups';
    const vms = [
      { name: 'vm-sql-01', last: null, result: null, next: at, refused: null },
      { name: 'vm-sql-02', last: at, result: 'failed', next: at, refused: { hindrance: 'network-open' } },
    ];
    const sql = {
      ...{ entry: 'sql-monthly', shape: 'x', pattern: 'vm-sql-*', standing: 'none', until: null, by: '', spoken: true },
      targetGroup: { id: `${group}/rg-drills`, name: 'rg-drills' },
      subnet: `${group}/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-drills/subnets/drills`,
      staging: `${group}/rg-backup/providers/Microsoft.Storage/storageAccounts/stdrills`,
      ...{ keepMs: 3_600_000, days: 30, starts: 'weekdays 09:00', atOnce: 1, vms, count: 2, ...entry },
    };
    const found = { entries: entry ? [sql] : [], unread: [], left: [], at, ...left };
    return drawDrills({ ...drawn(look), known: { args: [], found, ...more }, next: 'until' } as never);
  };
const drills =
  (...of: Parameters<typeof drillsCard>): Kinds[string] =>
  (look) =>
    Promise.resolve(drillsCard(...of)(look));

/** The card of `backup leftovers`, with what is left; null: the group could not be read. */
export const leftoversCard =
  (left: readonly object[] | null) =>
  (look: RenderContext): CardMessage => {
    const group = { id: '/subscriptions/s/resourceGroups/rg-drills', name: 'rg-drills' };
    const known = { args: [], found: { groups: [{ group, left }] } };
    return drawLeftovers({ ...drawn(look), known, next: 'go' } as never);
  };
const leftovers =
  (left: readonly object[] | null): Kinds[string] =>
  (look) =>
    Promise.resolve(leftoversCard(left)(look));
const leftOf = (name: string, of: object | null = { vm: { name: 'vm-app-01' } }) => ({ id: `/${name}`, name, of });
/** A disk that a drill restored and couldn't tag. */
const untagged = (name: string) => ({
  ...leftOf(name, null),
  untagged: { vm: 'vm-app-01', job: '3c7be1f2-8d0a-4a0e-9a0e-6a3f9f1d2b7c' },
});
/** Three resources of one drill, and one that no drill created. */
export const someLeft = [
  ...['vm-app-01-drill', 'vm-app-01-drill-5bd3e6c8-nic', 'vm-app-01-osdisk-20261128-090000'].map((name) =>
    leftOf(name),
  ),
  leftOf('disk-of-nobody', null),
];

/** What an entry's channel is told about drills that don't start. */
export const drillNotes = {
  drillsWait: (said: Words) => standingNote(said, { name: 'sql-monthly', standing: 'none' }),
  drillsStopped: (said: Words) => standingNote(said, { name: 'sql-monthly', standing: 'over' }),
  drillsNotStarted: (said: Words) =>
    refusedNote(said, { name: 'sql-monthly', vm: 'vm-sql-01', because: { hindrance: 'network-open' } }),
};

/** The plan that continues a failed restore from its disks on. */
const continued: Plan = {
  ...vmPlan,
  continues: { operation: '2f5a3f8e-5d1b-4f9e-9a0e-6a3f9f1d2b7c', at: now.toISOString(), done: ['restore'] },
};

/** The card that asks for approval to continue it; null: nothing can. */
const toContinue =
  (plan: Plan | null): Kinds[string] =>
  (look) => {
    const known = { args: '2f5a3f8e-5d1b-4f9e-9a0e-6a3f9f1d2b7c', why: 'expired', found: { plan } };
    return Promise.resolve(drawContinue({ ...drawn(look), known, next: 'go' } as never));
  };

/** A card of another kind, with what it asks for a request. */
const asking =
  (kind: Kinds[string], asks: Partial<Asking>): Kinds[string] =>
  async (look) => {
    const none = { offers: [], asksWhy: false, reason: null, ticket: null };
    return withApprovalButtons(await kind(look), { ...none, ...asks }, words(look));
  };
const mustName = { required: true, value: '' };
const toApprove = ['protect', 'protect+back-up-now'].map((go) => ({ go, approvals: 1 }));
const toProtect = vm('vm-plain-01', { over: { toApprove } });
const told = 'Backup of vm-plain-01 failed: VM agent not ready (Since 30 Nov 2026 22:00 CET)';

/** Of those who are named nobody has an account; others stand in for them from then on (null: never). */
const nobodyUntil = (later: Date | null): Look['deciders'] => [
  { people: [], groups: [], missing: 1, nobody: { later } },
];

/** By state. */
export const requestKinds: Kinds = {
  ...Object.fromEntries(
    Object.entries(drillNotes).map(([name, note]) => [name, (look) => Promise.resolve(note(words(look)))]),
  ),
  'asks-protect': asking(toProtect, { offers: toApprove, reason: { value: '' }, ticket: mustName }),
  'asks-from-alert': asking(toProtect, { offers: toApprove, reason: { value: told } }),
  'asks-restore-where': asking(restoreKinds['restore-target']!, { asksWhy: true, ticket: mustName }),
  'request-pending': request({ votes: [ben] }),
  'request-own': request({}, { isOwn: true }),
  'request-one-of-two': (look) => Promise.resolve(ofRestore(oneOfTwo)(look)),
  'request-one-of-two-own': (look) => Promise.resolve(ofRestore(oneOfTwo, { isOwn: true })(look)),
  'request-told': request({}, { quiet: true }),
  'request-approved': request({
    state: 'approved',
    votes: [ben, { ...ben, person: 'eva', name: 'Eva Lind' }],
    approvedAt: now,
  }),
  'request-denied': request(
    { state: 'denied', votes: [{ ...ben, decision: 'deny', reason: 'Not on a Friday.' }] },
    { isOwn: true },
  ),
  'request-unreadable': request({}, { unreadable: true }),
  'request-unreadable-closed': request({ state: 'superseded' }, { isOwn: true, unreadable: true }),
  'request-superseded': request({ state: 'superseded', votes: [ben], approvedAt: now }),
  'request-superseded-own': request({ state: 'superseded', votes: [ben], approvedAt: now }, { isOwn: true }),
  'request-expired': request({ state: 'expired' }, { isOwn: true }),
  'request-unused': request({ state: 'expired', votes: [ben], approvedAt: now }, { isOwn: true }),
  'request-refused': request({ ...refused, state: 'refused' }, { refusal: refusedBecause }),
  'request-refused-own': request({ ...refused, state: 'refused' }, { isOwn: true, refusal: refusedBecause }),
  'request-withdrawn': request({ state: 'withdrawn' }),
  'request-revoked': request(revoked, { isOwn: true }),
  'request-held': request(held),
  'request-held-own': request(held, { isOwn: true }),
  'request-restore': (look) => Promise.resolve(ofRestore({})(look)),
  'request-restore-own': (look) => Promise.resolve(ofRestore({}, { isOwn: true })(look)),
  'request-restore-held': (look) => Promise.resolve(ofRestore(held, { isOwn: true })(look)),
  'request-objected': (look) => Promise.resolve(ofRestore(refused, { objections })(look)),
  'request-objected-own': (look) => Promise.resolve(ofRestore(refused, { isOwn: true, objections })(look)),
  'request-objected-late': (look) =>
    Promise.resolve(ofRestore({ ...refused, state: 'expired' }, { isOwn: true, objections })(look)),
  'request-changed': (look) => Promise.resolve(ofRestore({}, { changes: changes.slice(0, 2) })(look)),
  'request-changed-much': (look) => Promise.resolve(ofRestore({}, { changes })(look)),
  'request-unreached': request(
    {},
    {
      unreached: [
        { name: 'Ben Okafor', is: 'never-wrote' },
        { name: 'Eva Lind', is: 'refused' },
      ],
    },
  ),
  'request-nobody': request({}, { deciders: nobodyUntil(new Date(now.getTime() + 7_200_000)) }),
  'request-nobody-own': request({}, { isOwn: true, deciders: nobodyUntil(null), untold: true }),
  'request-told-nobody': request({}, { deciders: [{ people: [], groups: ['dba'], missing: 1 }], untold: true }),
  'request-started': request({ state: 'started', votes: [ben], approvedAt: now, startedAt: now }),
  'request-own-glass': request({}, { isOwn: true, glassLeft: 1 }),
  'request-no-glass': request({}, { glassLeft: 0 }),
  'break-glass': form(),
  'break-glass-wrong': form({
    inputs: { vm: 'vm-web-1', reason: 'The disk is dying and nobody answers.' },
    isWrong: true,
  }),
  'break-glass-starting': request({ state: 'approved', approvedAt: now, glass }),
  'break-glass-to-review': request({ state: 'started', approvedAt: now, startedAt: now, glass }),
  'break-glass-reviewed': request({
    state: 'started',
    approvedAt: now,
    startedAt: now,
    glass: { ...glass, review },
  }),
  'break-glass-runs': async (look) =>
    card(look, await planned('vm-web-01', 'grant-key-vault-access+protect+back-up-now'), {
      parts: [],
      status: 'running',
      asks: { glass },
    }),
  'continue-ask': toContinue(continued),
  'continue-over': toContinue(null),
  'request-continue': (look) => Promise.resolve(requested(look, continued, { over: {}, as: {} })),
  'exception-ask': exception(),
  'exception-earlier-vm': exception({ earlier: { until: now.toISOString(), by: 'Ben Okafor' } }),
  'exception-holds': exception({ stands: 'excepted', holds: { until: now.toISOString(), by: 'Ben Okafor' } }),
  'exception-not-needed': exception({ stands: 'not-refused' }),
  'drills-ask': drills({}),
  'drills-changed': drills({ standing: 'changed', until: now.toISOString(), by: 'Ben Okafor' }),
  'drills-allowed': drills({ standing: 'holds', until: now.toISOString(), by: 'Ben Okafor' }),
  'drills-several': drills({}, { args: ['other'] }, { left: ['vm-sql-03-drill'] }),
  'drills-none': drills(null),
  leftovers: leftovers(someLeft),
  'leftovers-unknown': leftovers([leftOf('disk-of-nobody', null)]),
  'leftovers-untagged': leftovers([
    untagged('vm-app-01-osdisk-20261128-090000'),
    untagged('vm-app-01-datadisk-000-20261128-090000'),
  ]),
  'leftovers-none': leftovers([]),
  'leftovers-unread': leftovers(null),
  approvals: list('approvals', 2),
  'approvals-none': list('approvals', 0),
  requests: list('requests', 1),
};
