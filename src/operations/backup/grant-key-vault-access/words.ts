import { shellWord } from '../../../core/shell-word.ts';
import type { Button, Step } from '../../../message/card-data.ts';
import { firstFitting } from '../../../message/verdict-texts.ts';
import { portalLink } from '../../../message/portal-link.ts';
import type { Words } from '../../../message/words.ts';
import type { PartState } from '../../ground/part.ts';
import { markOf, phaseStep, type PartWords } from '../../wording/part-words.ts';
import type { Grant, GrantPart } from '../../parts/grant-key-vault-access.ts';

const keyVaultApi = '2026-02-01';

/** The wording of giving access to a key vault. */
export const grantWords: PartWords<Grant> = {
  planLines: (words, part) => {
    const keyVault = part.keyVault.name;
    const wait = words.say('plan.grant-wait', { minutes: minutesOf(part) });
    if (part.by.model === 'roles') return [words.say('plan.grant-roles', { keyVault, role: part.by.roleName }), wait];
    return [
      words.say('plan.grant-policies', { keyVault, rights: rightsText(words, part), count: countOf(part) }),
      wait,
    ];
  },
  command: (part) => grantCommand(part),
  effects: (words, parts) => grantEffects(words, parts).map((text) => ({ weight: 'keys', text })),
  ask: ({ say, names }, parts) => [
    say('ask.grant', {
      keyVaults: names(
        parts.map(({ keyVault }) => keyVault.name),
        maxEach,
      ),
    }),
  ],
  phases: (words, part, state) => grantPhases(words, part, state),
  doing: ({ say }, part) => say('progress.now-grant', { keyVault: part.keyVault.name }),
  place: () => null,
  leavesVm: true,
  links: ({ say }, part) => [
    portalLink(say('link.key-vault-named', { keyVault: part.keyVault.name }), part.keyVault.id),
  ],
  done: (words, part, { endedAt }) => {
    const at = words.time(new Date(endedAt.getTime() + minutesOf(part) * 60_000));
    const keyVault = part.keyVault.name;
    const whole = words.say('access.done-title', { keyVault, at });
    return { mark: 'ok', title: firstFitting([whole, words.say('access.done-short', { at })]) };
  },
  next: nextButtons,
  proof: (words, part, { outcome }) => [
    { kind: 'facts', facts: [accessFact(words, part, outcome.adopted === true)] },
    ...((part.frees ?? []).length > 0
      ? [
          {
            kind: 'text' as const,
            text: words.say('access.unblocked', { vms: words.names(part.frees ?? [], maxTogether) }),
          },
        ]
      : []),
    { kind: 'text', text: words.say('access.add-to-code', { keyVault: part.keyVault.name }), tone: 'quiet' },
  ],
  undo: undoCommand,
  failed: ({ say }, part, cause) => say('failed.grant', { keyVault: part.keyVault.name, cause }),
  ping: ({ say }, part) => say('ping.granted', { keyVault: part.keyVault.name, minutes: minutesOf(part) }),
};

/** Which access is given. */
function givenText(words: Words, part: GrantPart): string {
  return part.by.model === 'roles' ? part.by.roleName : rightsText(words, part);
}

/** What giving access does, in one sentence for all key vaults in which it is the same. */
export function grantEffects(words: Words, parts: readonly GrantPart[]): string[] {
  return [...Map.groupBy(parts, (part) => givenText(words, part)).values()].map((all) => grantEffect(words, all));
}

/** Who gets the same access in which key vaults, to how much of them, and whom else that helps. */
function grantEffect(words: Words, parts: readonly GrantPart[]): string {
  const { say, names } = words;
  const [first] = parts;
  const frees = [...new Set(parts.flatMap(({ frees: vms = [] }) => vms))];
  const what = {
    keyVaults: names(parts.map(({ keyVault }) => keyVault.name)),
    vms: frees.length > 0 ? names(frees, maxTogether) : 'none',
  };
  const given = first ? givenText(words, first) : '';
  return first?.by.model === 'roles'
    ? say('effect.grant-roles', { ...what, role: given })
    : say('effect.grant-policies', { ...what, rights: given });
}

/** How many of the VMs that a grant unblocks get a button each; more are checked together, up to the second limit. */
const [maxEach, maxTogether] = [2, 10];

function nextButtons({ say }: Words, { vms, frees = [], then }: GrantPart): readonly Button[] {
  const button = (title: string, names: readonly string[]): Button => ({
    title,
    verb: 'command',
    data: { command: `backup ${names.join(' ')}` },
    withInputs: false,
  });
  // What follows in the same plan was done with them.
  const own = then === 'nothing' ? vms.map(({ id, name }) => button(say('access.next', { vm: name }), [id])) : [];
  // A VM may have the name of a command.
  const named = (names: readonly string[]) => names.map((name) => `vm:${name}`);
  const together = frees.slice(0, maxTogether);
  const freed =
    frees.length > maxEach
      ? [button(say('access.next-freed-many', { count: together.length }), named(together))]
      : frees.map((name) => button(say('access.next', { vm: name }), named([name])));
  const [first, ...rest] = own;
  return [...(first ? [{ ...first, style: 'positive' as const }] : []), ...rest, ...freed];
}

/** After how many minutes the access is assumed to be in effect. */
function minutesOf(part: GrantPart): number {
  return part.by.model === 'policies' ? 3 : 10;
}

function countOf({ missing }: Pick<GrantPart, 'missing'>): number {
  return missing.keys.length + missing.secrets.length;
}

/** `backup on keys and backup on secrets` */
function rightsText(words: Words, { missing }: Pick<GrantPart, 'missing'>): string {
  const keys = missing.keys.length > 0 ? [words.say('plan.rights-keys', { rights: missing.keys })] : [];
  const secrets = missing.secrets.length > 0 ? [words.say('plan.rights-secrets', { rights: missing.secrets })] : [];
  return words.names([...keys, ...secrets]);
}

function accessFact(words: Words, part: GrantPart, adopted: boolean) {
  const [title, access] =
    part.by.model === 'roles'
      ? [words.say(adopted ? 'access.there-role' : 'access.added-role'), part.by.roleName]
      : [words.say(adopted ? 'access.there' : 'access.added'), rightsText(words, part)];
  return { title, value: `${access} · ${part.keyVault.name}` };
}

function grantPhases(words: Words, part: GrantPart, state: PartState<Grant['memo']>): Step[] {
  const { say } = words;
  const names = { keyVault: part.keyVault.name };
  const waiting = state.stage === 'wait' && !state.outcome;
  if (state.outcome?.ended === 'failed') return [phaseStep(words, 'failed', { phase: 'grant-write', names })];
  const written = phaseStep(words, waiting || state.outcome ? 'done' : markOf(state), {
    phase: 'grant-write',
    names,
    ...(state.memo.adopted && { note: say('note.already') }),
  });
  if (part.then === 'nothing') return [written];
  const until = state.memo.until ? say('note.until', { at: words.time(new Date(state.memo.until)) }) : undefined;
  const wait = state.outcome ? markOf(state) : waiting ? 'now' : 'next';
  return [written, phaseStep(words, wait, { phase: 'grant-wait', note: waiting ? until : undefined })];
}

/** `az keyvault set-policy` would read and rewrite the whole key vault, so the call that only adds is shown instead. */
function grantCommand(part: GrantPart): string {
  if (part.by.model === 'policies') {
    const { keys, secrets, certificates, storage } = part.by.entry;
    return accessPolicyCommand(part, 'add', { keys, secrets, certificates, storage });
  }
  const who = `--assignee-object-id ${shellWord(part.principalId)} --assignee-principal-type ServicePrincipal`;
  return `az role assignment create ${who} --role ${shellWord(part.by.roleName)} --scope ${shellWord(part.keyVault.id)}`;
}

/** Removes exactly what was added. */
function undoCommand(part: GrantPart): string {
  const { keys, secrets } = part.missing;
  if (part.by.model === 'policies') return accessPolicyCommand(part, 'remove', { keys, secrets });
  const id = `${part.keyVault.id}/providers/Microsoft.Authorization/roleAssignments/${part.by.assignment}`;
  return `az role assignment delete --ids ${shellWord(id)}`;
}

type Permissions = Readonly<Record<string, readonly string[]>>;

function accessPolicyCommand(part: GrantPart, kind: 'add' | 'remove', permissions: Permissions): string {
  if (part.by.model !== 'policies') throw new Error('no access policy');
  const { tenantId, objectId } = part.by.entry;
  const body = { properties: { accessPolicies: [{ tenantId, objectId, permissions }] } };
  const url = `https://management.azure.com${part.keyVault.id}/accessPolicies/${kind}?api-version=${keyVaultApi}`;
  return `az rest --method put --url ${shellWord(url)} --body ${shellWord(JSON.stringify(body))}`;
}
