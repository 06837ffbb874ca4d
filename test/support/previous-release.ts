import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planDigest, type Plan } from '../../src/operations/parts/plan.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import type { BotAzure } from './bot-azure.ts';
import { addMachines } from './more-machines.ts';

const folder = join(import.meta.dirname, '..', 'fixtures', 'previous-release');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** What the release before was in the middle of when it was dumped. */
type Begun = 'waiting' | 'granting' | 'requested' | 'open' | 'unsent' | 'unwanted' | 'sent' | 'running' | 'restoring';

/** In which place each was asked for. */
export type PreviousChats = Readonly<Record<Begun, string>>;

type About = {
  /** Its revision. */
  readonly release: string;
  readonly madeAt: string;
  readonly chats: PreviousChats;
  /** What waits for approval, by its digest. */
  readonly plans: Readonly<Record<string, Plan>>;
};

/** What a release leaves to the next one: its database, its chat and what it did in Azure. */
export type LeftBehind = {
  database(schema: string, port: number): string;
  chat(port: number): string;
  azure(azure: BotAzure): Promise<void>;
};

/** The previous release, as if its dump had been made a moment ago. */
export function previousRelease(): LeftBehind & Pick<About, 'release' | 'chats'> {
  const { release, madeAt, chats, plans } = JSON.parse(read('release.json')) as About;
  const byMs = Math.round((Date.now() - Date.parse(madeAt)) / 1000) * 1000;
  // A digest covers the times in its plan.
  const digests = Object.entries(plans).map(
    ([digest, plan]) => [digest, planDigest(JSON.parse(shifted(JSON.stringify(plan), byMs)) as Plan)] as const,
  );
  const later = (text: string) =>
    digests.reduce((changed, [was, is]) => changed.replaceAll(was, is), shifted(text, byMs));
  const at = (text: string, port: number) => text.replaceAll('127.0.0.1:3978', `127.0.0.1:${port}`);
  return {
    release,
    // The IDs of Teams' messages are times; a place is found by its present one.
    chats: JSON.parse(later(JSON.stringify(chats))) as PreviousChats,
    database: (schema, port) =>
      at(read('database.sql'), port)
        .split('\n')
        // The hash of an entry in the audit log covers its times.
        .map((line) => (line.startsWith('INSERT INTO previous_release.audit ') ? line : later(line)))
        .join('\n')
        .replaceAll('previous_release', schema),
    chat: (port) => later(at(read('chat.json'), port)),
    azure: async (azure) => {
      await azure.failedLately();
      await addMachines(azure, 8);
      const parts = await azure.state('items', 'jobs', 'roles', 'roleAssignments');
      const { items, jobs } = parts;
      const { roles, given } = rolesOfThen(parts);
      const kept = JSON.parse(later(read('azure.json'))) as Pick<
        SimState,
        'items' | 'jobs' | 'operations' | 'pending' | 'sequence'
      >;
      await azure.change({
        ...kept,
        items: [...items, ...kept.items],
        jobs: [...jobs, ...kept.jobs],
        roles,
        roleAssignments: given,
      });
    },
  };
}

/** Its restore identity had one role for all places, which an approved plan names among who can read the disks. */
function rolesOfThen({ roles, roleAssignments }: Pick<SimState, 'roles' | 'roleAssignments'>) {
  const scope = /\/resourceGroups\/rg-restore$/;
  const [target] = roleAssignments.filter((one) => scope.test(one.scope) && one.principalType === 'ServicePrincipal');
  if (!target) throw new Error('nobody can restore into rg-restore');
  const id = '00000000-0000-0000-0000-0000000f00d1';
  const actions = ['Microsoft.Compute/virtualMachines/write'];
  const permissions = { actions, notActions: [], dataActions: [], notDataActions: [] };
  const role = { id, name: 'kluis-restore-disks', description: '', custom: true, permissions };
  return { roles: [...roles, role], given: [...roleAssignments, { ...target, name: id, roleId: id }] };
}

const written = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?=(\.\d+)?(Z|\+00))/g;
/** Milliseconds since 1970, in these years: alone, or in IDs of Teams. */
const counted = /\b1[78]\d{11}\b/g;

/** Shifts all times in a text by this many whole seconds. Days without a time stay. */
function shifted(text: string, byMs: number): string {
  const iso = (at: string) => new Date(Date.parse(`${at.replace(' ', 'T')}Z`) + byMs).toISOString();
  return text
    .replace(written, (at) => iso(at).slice(0, 19).replace('T', at.charAt(10)))
    .replace(counted, (ms) => String(Number(ms) + byMs));
}
