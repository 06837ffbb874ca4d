/** The cards of alerts: one VM, many behind one key vault, an undocumented error, and how it ends. */
import { alertCard } from '../../../src/alerts/alert-card.ts';
import { canBeMeant, type Affected, type Alert, type Assignee, type SightedKind } from '../../../src/alerts/alert.ts';
import { causeOfJob } from '../../../src/alerts/cause.ts';
import { causeForm, causeList, causeSaved, notToWrite } from '../../../src/bot/causes/cause-cards.ts';
import type { CompanyEntry } from '../../../src/core/company-entry.ts';
import type { CardMessage, RenderContext } from '../../../src/message/card-data.ts';
import { words, type Words } from '../../../src/message/words.ts';
import { now, type Kinds } from './readiness-kinds.ts';

const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
const vaultId =
  '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu';

const vm = (name: string, over: Partial<Affected> = {}): Affected => ({
  key: name,
  name,
  calledAs: `rg-app/${name}`,
  vaultId,
  vault: 'rsv-prod-weu',
  subscription: '00000000-0000-0000-0000-00000000c0de',
  resourceGroup: 'rg-app',
  tags: {},
  jobId: '5bd3e6c8-0f6a-4a55-9d3e-1d2b6f9a4a11',
  activityId: '83fa9d58-5a1f-4f9e-9a0e-6a3f9f1d2b7c',
  failures: 3,
  since: ago(53),
  last: ago(5),
  lastGood: ago(77),
  end: null,
  ...over,
});

const params = { keyVault: 'kv-hr-weu', daysLeft: 80 };
const gone = { code: 'key-vault.deleted', params, recovers: true } as const;
const lacking = {
  code: 'rights.policies-missing',
  params: { keyVault: 'kv-web-weu', groups: 'both', missingKeys: ['get', 'list'], missingSecrets: ['get', 'list'] },
  grants: true,
} as const;
const job = (code: string, text: string) => ({ operation: 'Backup', codes: [code, '400001'], says: [text] });

const alert = (over: Partial<Alert>): Alert => ({
  id: '1f5a3f8e-5d1b-4f9e-9a0e-6a3f9f1d2b7c',
  cause: causeOfJob(job('UserErrorKeyVaultNotFound', 'The key vault could not be found.'), gone, []),
  affected: [vm('vm-hr-01')],
  openedAt: ago(53),
  closedAt: null,
  takenOn: null,
  snoozedUntil: null,
  ...over,
});

/** `choosing`: as the form of one person. */
type Over = Partial<Alert> & { readonly choosing?: readonly Assignee[] };
const message =
  ({ choosing, ...over }: Over) =>
  (look: RenderContext): CardMessage => {
    const made = alert(over);
    return alertCard({ words: words(look), alert: made, affected: made.affected, now, choosing });
  };
const kind =
  (over: Over): Kinds[string] =>
  (look) =>
    Promise.resolve(message(over)(look));

const twenty = Array.from({ length: 20 }, (_, at) =>
  vm(`vm-web-${String(at + 1).padStart(2, '0')}`, {
    failures: 1 + (at % 4),
    lastGood: at === 19 ? null : ago(29 + at),
  }),
);
const good = { why: 'good', at: ago(1) } as const;

const sightedKinds: readonly SightedKind[] = [
  ...(['schedule-missed', 'job-endless', 'vm-gone', 'protection-stopped', 'soft-deleted'] as const),
  ...(['backups-deleted', 'soft-delete-off', 'immutability-off', 'guard-off', 'azure-away'] as const),
  ...(['vault-unread'] as const),
  ...(['drill-failed', 'drill-left'] as const),
];

/** Other conditions, of one VM and of several. */
const sighted = (of: SightedKind): Readonly<Record<string, Partial<Alert>>> => {
  const cause = { kind: of, key: `${of} ${vaultId}` };
  const settings = of.endsWith('-off');
  const isDone = canBeMeant.has(of);
  const seen = (name: string, over: Partial<Affected> = {}) =>
    vm(name, {
      key: `${of} ${name}`,
      failures: 1,
      ...(isDone && { doer: { who: 'chris@contoso.example', at: ago(54) } }),
      ...over,
    });
  const untold = (doer: 'unread' | 'unnamed') => (isDone ? { doer } : {});
  if (of === 'drill-left') {
    const group = `${vaultId.split('/').slice(0, 4).join('/')}/rg-drills`;
    const told = {
      en: 'vm-app-01-drill, vm-app-01-drill-nic and two disks',
      nl: 'vm-app-01-drill, vm-app-01-drill-nic en twee schijven',
    };
    const left = seen('rg-drills', { of: 'group', calledAs: 'rg-drills', vaultId: group, vault: '', told });
    return { 'alert-drill-left': { cause, affected: [left] } };
  }
  if (of === 'azure-away')
    return { 'alert-azure-away': { cause, affected: [vm('Azure', { of: 'azure', vaultId: '', failures: 1 })] } };
  if (of === 'vault-unread') {
    const action = 'Microsoft.RecoveryServices/Vaults/backupJobs/read';
    const says = `The client 'k' with object id 'k' does not have authorization to perform action '${action}' over scope '${vaultId}' or the scope is invalid.`;
    const unread = { why: 'denied', action, answer: '403 AuthorizationFailed', says } as const;
    const silent = { why: 'silent', action: null, answer: '503 ServiceUnavailable', says: null } as const;
    const one = { of: 'vault', jobId: null, activityId: null, lastGood: null } as const;
    const weu = seen('rsv-prod-weu', { ...one, unread });
    return {
      'alert-vault-unread': { cause, affected: [weu] },
      'alert-vault-unread-many': {
        cause,
        affected: [weu, seen('rsv-prod-neu', { ...one, vaultId: vaultId.replace('weu', 'neu'), unread: silent })],
      },
    };
  }
  return {
    [`alert-${of}`]: { cause, affected: [settings ? seen('rsv-prod-weu', { of: 'vault' }) : seen('vm-app-01')] },
    ...(!settings && {
      [`alert-${of}-many`]: {
        cause,
        affected: [
          seen('vm-app-01', { ...untold('unread'), jobId: '5bd3e6c8-0f6a-4a55-9d3e-1d2b6f9a4a12' }),
          seen('vm-app-02', { ...untold('unnamed'), jobId: '5bd3e6c8-0f6a-4a55-9d3e-1d2b6f9a4a13' }),
          seen('vm-hr-01'),
        ],
      },
    }),
  };
};

const nobodysCause = causeOfJob(job('UserErrorFromTheFuture', 'Something new went wrong with the flux.'), null, []);
/** What an administrator wrote about that. */
const written: CompanyEntry = {
  id: '1a2b3c4d',
  key: nobodysCause.key,
  operation: 'backup',
  codes: nobodysCause.codes,
  says: nobodysCause.says,
  fragment: 'something new went wrong with the flux.',
  cause: 'The proxy of the data centre was down.',
  fixes: ['Ask the network team whether the proxy answers.', 'Back the VM up again.'],
  by: 'Ana de Vries',
  at: ago(30),
};

const known = (code: string, text: string): Partial<Alert> => ({
  cause: causeOfJob(job(code, text), null, []),
  affected: [vm('vm-app-01'), vm('vm-app-02', { end: good })],
});

/** Alerts by what they say. */
const alerts = {
  'alert-one': {},
  'alert-many': {
    affected: twenty,
    takenOn: { id: 'ben', name: 'Ben Okafor', at: ago(1) },
    snoozedUntil: ago(-1),
  },
  'alert-access': {
    cause: causeOfJob(job('UserErrorKeyVaultPermissionsNotConfigured', 'No access to the key vault.'), lacking, []),
    affected: twenty,
  },
  'alert-choosing': {
    choosing: [
      { id: 'ana', name: 'Ana de Vries', platformId: '29:ana' },
      { id: 'ben', name: 'Ben Okafor', platformId: '29:ben' },
    ],
    takenOn: { id: 'ben', name: 'Ben Okafor', at: ago(1), by: 'Ana de Vries' },
  },
  'alert-known': known('UserErrorGuestAgentStatusUnavailable', 'The VM agent is unable to communicate.'),
  'alert-passing': known('VMRestorePointInternalError', 'The restore point could not be made.'),
  'alert-unknown': {
    cause: causeOfJob(job('ErrorNobodyKnows', 'Something <at>odd</at> happened to vm-app-01 {{DATE(1)}}.'), null, []),
    affected: [vm('vm-app-01', { lastGood: null, failures: 1 })],
  },
  'alert-closed': { affected: twenty.map((one) => ({ ...one, end: good })), closedAt: ago(1) },
  'alert-sighted-over': {
    cause: { kind: 'protection-stopped', key: 'protection-stopped' },
    affected: [vm('vm-hr-01', { end: good })],
    closedAt: ago(1),
  },
  'alert-closed-one': { affected: [vm('vm-hr-01', { end: good })], closedAt: ago(1) },
} satisfies Readonly<Record<string, Over>>;

const sightedAlerts: Readonly<Record<string, Partial<Alert>>> = Object.assign({}, ...sightedKinds.map(sighted));

/** By what they say. */
export const alertKinds: Kinds = {
  ...Object.fromEntries(Object.entries({ ...alerts, ...sightedAlerts }).map(([name, over]) => [name, kind(over)])),
  'alert-company': (look) => kind({ cause: nobodysCause })({ ...look, company: new Map([[written.key, written]]) }),
  'causes-form': (look) => Promise.resolve(causeForm(words(look), { error: written, entry: null }, written.id)),
  'causes-saved': (look) => Promise.resolve(causeSaved(words(look), { error: written, entry: written })),
  causes: (look) => Promise.resolve(causeList(words(look), [written], true)),
  'causes-none': (look) => Promise.resolve(causeList(words(look), [], true)),
  'causes-documented': (look) => Promise.resolve(notToWrite(words(look), 'documented', written.id)),
};

const drawn =
  (over: Partial<Alert> = {}) =>
  ({ context }: Words): CardMessage =>
    message(over)(context);

/** Those that have golden files. */
export const alertMockUps = {
  alertOne: drawn(alerts['alert-one']),
  alertMany: drawn(alerts['alert-many']),
  alertAccess: drawn(alerts['alert-access']),
  alertStopped: drawn(sightedAlerts['alert-protection-stopped-many']),
  alertPassing: drawn(alerts['alert-passing']),
  alertUnknown: drawn(alerts['alert-unknown']),
  alertClosed: drawn(alerts['alert-closed']),
  alertSoftDeleted: drawn(sightedAlerts['alert-soft-deleted']),
  alertDrillLeft: drawn(sightedAlerts['alert-drill-left']),
};
