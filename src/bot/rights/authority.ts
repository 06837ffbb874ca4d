import type { Voter } from '../../approval/decide.ts';
import type { Identity } from '../../approval/request.ts';
import { fitsGlob } from '../../people/glob.ts';
import type { Clock } from '../../core/clock.ts';
import type { Person } from '../../core/person.ts';
import { groupsMaxAgeMs, type Groups } from '../../people/groups.ts';
import { entraOfSlack, isEntraId, personName, personIdOf, type PersonLink, slackIdOf } from '../../people/links.ts';
import { gateOf, isStartable, type GateDecision, type InAzure } from '../../people/gate.ts';
import { facets, type Match } from '../../people/match.ts';
import { allowsBreakGlass, type Administered, type OperationName } from '../../people/operations.ts';
import {
  approves,
  type Ask,
  decideSomewhere,
  everyoneViews,
  holdsEverywhere,
  mayAloneSomewhere,
  type NamedNow,
  rightsOf,
  servedBy,
  viewersIn,
} from '../../people/rights.ts';
import { holderOf, holds, type Member } from '../../people/roles.ts';
import type { RolesAndRules } from '../../people/rules.ts';
import { refuse, type Refusal } from '../../core/refusal.ts';
import type { Authority, Gate, MayOffer, PersonRights } from '../deps.ts';
import { azureRefusal } from './azure-refusal.ts';
import { heldInAzure, type AzureRoles } from './held-in-azure.ts';
import { namedPeople, type PeopleSources } from './named-people.ts';

/** What the answers come from: `kluis.yaml`, the directory, Slack and Azure. */
type Sources = PeopleSources & { readonly azureRoles: AzureRoles; readonly clock: Clock };

/** Answers for roles and rules: who can view, and what the gate says about a plan. */
export function authority(config: Config, sources: Sources): Authority {
  const { groups, azureRoles, clock } = sources;
  return {
    rightsOf: async (person, channel) => {
      const id = personIdOf(person.id, config.people);
      if (person.unlinked || !isEntraId(id)) return outsideEntra(config, person, clock);
      const membership = await groups.of(id);
      if (!membership.known) throw new Error(`the directory: ${membership.fault}`);
      if (membership.account !== 'enabled') return withoutAccount(membership.askedAt);
      const member: Member = { id, groups: membership.groups };
      const { everywhere, somewhere } = rightsOf(member, config);
      const inAzure = heldInAzure(azureRoles, id);
      const slack = slackIdOf(id, config.people);
      const guest = person.guest === true || membership.guest;
      const identity = { person: id, guest, ...(slack !== null && { also: [slack] }), ...memberOf(person) };
      return {
        view: everywhere.length + somewhere.length > 0 ? open : mayNotView(config),
        gate: (asks) => gateFor(config, { person: member, asks, channel, inAzure }),
        approvesSomewhere: !guest && [...everywhere, ...somewhere].includes('approver'),
        ...offers(config, member, channel),
        voter: (asks, named = anybody) => ({
          ...identity,
          ...approverOf(config, member, { asks, named }),
          mayBreakGlass: mayBreakGlass(config, member, asks),
          admin: holdsEverywhere(member, 'admin', config).holds,
          readAt: membership.askedAt,
        }),
      };
    },
    rules: (asks, channel) => gateFor(config, { person: null, asks, channel, inAzure: null }),
    byItself: (asks) => gateFor(config, { person: null, asks, channel: null, inAzure: () => 'not-in-entra' }),
    ...namedPeople(config, sources),
    linkedByFile: (member) => entraOfSlack(member, config.people),
    ...withoutAsking(config, groups),
    answers: () => isAnswering(groups.last(), clock.now()),
    grantByPolicy: (keyVault) => config.azure.grantByAccessPolicy.some((pattern) => fitsGlob(pattern, keyVault)),
  };
}

/**
 * A role that everyone has is for everyone in Entra; somebody unknown to Entra has no role at all, and can start
 * nothing. Members of the Slack workspace can view what everyone can, wherever it is. Its guests can't, nor can whom
 * Teams let into a meeting without an account.
 */
function outsideEntra(config: Config, person: Person, clock: Clock): PersonRights {
  const nobody = { person: null, guest: person.guest === true, approver: false, mayBreakGlass: false };
  const voter = () => ({ ...nobody, readAt: clock.now() });
  const ofMember = !person.guest && everyoneViews(config) ? open : unlinked();
  const view = person.unlinked ? ofMember : mayNotView(config);
  return { view, gate: unlinked, maySomewhere: unlinked, approvesSomewhere: false, mayAdminister: unlinked, voter };
}

/** Who can't sign in to Entra any more has no role on any platform, and views nothing. */
function withoutAccount(readAt: Date): PersonRights {
  const nobody = { person: null, noAccount: true as const, guest: false, approver: false, mayBreakGlass: false };
  const barred = (): Gate => ({ gate: 'refused', refusal: refuse('no-account') });
  const voter = () => ({ ...nobody, readAt });
  return { view: barred(), gate: barred, maySomewhere: barred, approvesSomewhere: false, mayAdminister: barred, voter };
}

/**
 * Whether somebody is named for break-glass, and roles and rules let them start this. What always needs a minimum of
 * approvals can't be started without any either.
 */
function mayBreakGlass(config: Config, person: Member, asks: readonly Ask[]): boolean {
  if (!allowsBreakGlass(asks.map(({ operation }) => operation))) return false;
  const isNamed = config.breakGlass?.group.some((text) => holds(holderOf(text), person)) ?? false;
  return isNamed && gateFor(config, { person, asks, channel: null, inAzure: null }).gate !== 'refused';
}

/** What a card in a channel can offer somebody; null: in their own chat. */
function offers(config: Config, person: Member, channel: string | null): MayOffer {
  return {
    maySomewhere: (operation) => gateSomewhere(config, { person, operation, channel }),
    mayAdminister: (what) => gateToAdminister(config, person, what),
  };
}

/** What is answered without asking anybody, for cards. */
function withoutAsking(config: Config, groups: Groups): Pick<Authority, 'breaksGlass' | 'offersTo' | 'decides'> {
  return {
    breaksGlass: (person, asks) => {
      const member = asSeen(config, groups, person);
      return groups.seen(member.id)?.guest !== true && mayBreakGlass(config, member, asks);
    },
    offersTo: (person) => {
      const member = asSeen(config, groups, person);
      return groups.seen(member.id) === null ? null : offers(config, member, null);
    },
    decides: (person, asks, named) => decidesAsSeen(config, groups, { person, asks, named }),
  };
}

/** Somebody with the groups that the directory last named. */
function asSeen({ people }: Config, groups: Groups, person: string): Member {
  const id = personIdOf(person, people);
  return { id, groups: groups.seen(id)?.groups ?? [] };
}

/** Whether somebody's vote counts, and for which of the named approvers. */
function approverOf(config: Config, member: Member, { asks, named }: Deciding): Pick<Voter, 'approver' | 'serves'> {
  const serves = servedBy(member, named);
  const isApprover = approves(member, asks, config);
  if (named.named.length === 0) return { approver: isApprover };
  return { approver: isApprover && serves.length > 0, serves };
}

/**
 * The same as the directory last named their groups. Whom a rule names in person is asked although the directory may
 * have changed since.
 */
function decidesAsSeen(
  config: Config,
  groups: Groups,
  { person, asks, named }: Deciding & { readonly person: string },
): Pick<Voter, 'approver' | 'serves' | 'admin'> {
  const member = asSeen(config, groups, person);
  const seen = groups.seen(member.id);
  if (seen === null) return { approver: true };
  if (seen.guest) return { approver: false };
  const byName = { ...named, named: named.named.filter(({ approvers }) => !approvers.includes('everyone')) };
  const isAsked = servedBy({ ...member, groups: [] }, byName).length > 0;
  const voter = approverOf(config, member, { asks, named });
  return { ...voter, approver: isAsked || voter.approver, admin: holdsEverywhere(member, 'admin', config).holds };
}

type Deciding = { readonly asks: readonly Ask[]; readonly named: NamedNow };

/** As whom somebody acts in Slack. */
function memberOf({ team, platformId }: Person): Pick<Identity, 'slack'> {
  return team === undefined ? {} : { slack: { team, user: platformId } };
}

const anybody: NamedNow = { named: [], isLate: false };

/**
 * A fault counts as long as an answer would: otherwise nobody would ask again, and this process would never be ready.
 */
function isAnswering(last: ReturnType<Groups['last']>, now: Date): boolean {
  if (last === null || last.fault === null) return true;
  const age = now.getTime() - last.at.getTime();
  return age < 0 || age >= groupsMaxAgeMs;
}

type Config = RolesAndRules & {
  /** Whether nobody can start anything, whatever roles and rules say. */
  readonly readOnly: boolean;
  readonly channels: readonly { readonly id: string; readonly operations: readonly OperationName[] | null }[];
  readonly people: readonly PersonLink[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly breakGlass: { readonly group: readonly string[] } | null;
  readonly azure: { readonly grantByAccessPolicy: readonly string[] };
};

/** What can be started from a channel; null: everything. */
function startableIn({ channels }: Config, channel: string | null): readonly OperationName[] | null {
  return channels.find(({ id }) => id === channel)?.operations ?? null;
}

type GateRequest = {
  readonly person: Member | null;
  readonly asks: readonly Ask[];
  readonly channel: string | null;
  readonly inAzure: InAzure | null;
};

function gateFor(config: Config, { person, asks, channel, inAzure }: GateRequest): Gate {
  if (config.readOnly && asks.length > 0) return readOnly;
  const own = asks.map((ask) => ({
    ...ask,
    startedBy: ask.startedBy ? personIdOf(ask.startedBy, config.people) : null,
  }));
  return told(config, gateOf({ person, asks: own, startable: startableIn(config, channel), inAzure }, config));
}

type AskedSomewhere = {
  readonly person: Member;
  readonly operation: OperationName;
  readonly channel: string | null;
};

/** What applies everywhere applies; a role, or a rule that requires nobody else, only has to exist for some target. */
function gateSomewhere(config: Config, { person, operation, channel }: AskedSomewhere): Gate {
  if (config.readOnly) return readOnly;
  const ask = { operation, target: {}, azure: [] };
  const decision = decideSomewhere({ person, operation }, config);
  if (decision.may === 'no') return told(config, { gate: 'refused', ask, decision });
  if (!isStartable(operation, startableIn(config, channel)))
    return told(config, { gate: 'refused', ask, decision: { may: 'no', because: 'channel' } });
  const { approval } = decision;
  if (typeof approval === 'string' || mayAloneSomewhere(operation, config)) return { gate: 'open' };
  return told(config, { gate: 'approvals', ask, approvals: approval });
}

/** It applies everywhere, so it takes an administrator of everything. */
function gateToAdminister(config: Config, person: Member, what: Administered): Gate {
  if (config.readOnly) return readOnly;
  const held = holdsEverywhere(person, 'admin', config);
  if (held.holds) return { gate: 'open' };
  return { gate: 'refused', refusal: notAllowed(config, { what, role: 'admin' }, held.holders) };
}

const open: Gate = { gate: 'open' };
const readOnly: Gate = { gate: 'refused', refusal: refuse('read-only') };

function mayNotView(config: Config): Gate {
  return { gate: 'refused', refusal: notAllowed(config, { what: 'view', role: 'viewer' }, viewersIn(config)) };
}

function unlinked(): Gate {
  return { gate: 'refused', refusal: refuse('not-linked') };
}

function told(config: Config, decided: GateDecision): Gate {
  switch (decided.gate) {
    case 'open':
      return decided;
    case 'approvals':
      return { gate: 'approvals', refusal: needsApproval(decided), terms: decided.approvals };
    case 'refused':
      return { gate: 'refused', refusal: denied(config, decided) };
  }
}

function needsApproval({ ask, approvals }: Extract<GateDecision, { gate: 'approvals' }>): Refusal {
  return refuse('needs-approval', { what: ask.operation, on: subjectOf(ask), approvals: approvals.approvals });
}

function denied(config: Config, { ask, decision }: Extract<GateDecision, { gate: 'refused' }>): Refusal {
  const what = { what: ask.operation, on: subjectOf(ask) };
  switch (decision.because) {
    case 'channel':
      return refuse('not-from-channel', what);
    case 'azure-role':
      return azureRefusal(decision.lack, what);
    case 'azure-unread':
      return refuse('azure-roles-unread', what);
    case 'not-in-entra':
      return refuse('not-in-entra', what);
    case 'rule': {
      const { rule, unread } = decision;
      return refuse('denied-by-rule', { ...what, rule: ruleText(rule.match), unread: unread.join(', ') });
    }
    case 'too-few-approvals':
      return refuse('too-few-approvals', { ...what, approvals: decision.fewest });
    case 'role': {
      return notAllowed(config, { ...what, role: decision.needs }, decision.holders);
    }
  }
}

function notAllowed({ people }: Config, what: Refusal['params'], holders: readonly string[]): Refusal {
  const who = holders.map((holder) => personName(holder.replace(/^user:/, ''), people) ?? holder);
  return refuse('not-allowed', { ...what, who: who.join(', ') });
}

/** The target of an operation, by the name that people know. */
function subjectOf({ operation, target }: Ask): string {
  const isGrant = operation === 'grant-key-vault-access';
  return (isGrant ? target.keyVault : target.vm) ?? target.vm ?? target.vault ?? '';
}

/** A rule's match as written in `kluis.yaml`. */
function ruleText(match: Match): string {
  return facets.flatMap((facet) => (match[facet] === undefined ? [] : [`${facet}: ${match[facet]}`])).join(', ');
}
