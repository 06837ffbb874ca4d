import type { AzureLack, AzureNeed } from './azure-role.ts';
import { sameId } from './links.ts';
import { type Facet, fitOf, matches, type Target, unreadFacets } from './match.ts';
import { type OperationName, operationTraits } from './operations.ts';
import { holderOf, holderText, holds, type Member, type Role, roles as allRoles } from './roles.ts';
import { entryKey, type NamedApprovers } from '../core/approval-terms.ts';
import {
  type Approval,
  approvalTimes,
  compareRules,
  isApprovals,
  type RolesAndRules,
  type Rule,
  stricterApproval,
} from './rules.ts';

/** What a person has: the roles they have everywhere, and those they have only for some targets. */
type Rights = { readonly everywhere: readonly Role[]; readonly somewhere: readonly Role[] };

/**
 * Whether something can be done, and what it needs; a no says who could, or which rule forbids it. `unread`: what the
 * rule names and couldn't be read, so the rule may not apply at all.
 */
export type Decision =
  | { readonly may: 'yes'; readonly approval: Approval }
  | { readonly may: 'no'; readonly because: 'role'; readonly needs: Role; readonly holders: readonly string[] }
  | { readonly may: 'no'; readonly because: 'rule'; readonly rule: Rule; readonly unread: readonly Facet[] }
  | { readonly may: 'no'; readonly because: 'too-few-approvals'; readonly fewest: number }
  | { readonly may: 'no'; readonly because: 'channel' }
  | { readonly may: 'no'; readonly because: 'azure-role'; readonly lack: AzureLack }
  | { readonly may: 'no'; readonly because: 'azure-unread' | 'not-in-entra' };

/**
 * What is to be done: an operation on its target. `also` are further targets that it writes to (the vault's group):
 * rules apply to them as well, though no role is needed there. `startedBy` is the ID of who started the job that is to
 * be cancelled.
 */
type Deed = {
  readonly operation: OperationName;
  readonly target: Target;
  readonly also?: readonly Target[];
  readonly startedBy?: string | null;
};

/** A right that is asked for. `azure` is what it needs in Azure, which the person needs too if a rule requires that. */
export type Ask = Deed & { readonly azure: readonly AzureNeed[] };

/** Who asks for it. */
type Question = Deed & { readonly person: Member };

/** The roles of a person. Anyone with a role can also view. */
export function rightsOf(person: Member, config: RolesAndRules): Rights {
  const mine = config.roles.filter(({ to }) => holds(to, person));
  const everywhere = withViewer(mine.filter(({ where }) => Object.keys(where).length === 0).map(({ role }) => role));
  const somewhere = withViewer(mine.map(({ role }) => role)).filter((role) => !everywhere.includes(role));
  return { everywhere, somewhere };
}

/** Whether everyone can view: a role is given to everyone, everywhere. */
export function everyoneViews({ roles }: Pick<RolesAndRules, 'roles'>): boolean {
  return roles.some(({ to, where }) => to.kind === 'everyone' && Object.keys(where).length === 0);
}

/** Who has the viewer role anywhere, as written in `kluis.yaml`. */
export function viewersIn({ roles }: Pick<RolesAndRules, 'roles'>): readonly string[] {
  return [...new Set(roles.filter(({ role }) => role === 'viewer').map(({ to }) => holderText(to)))];
}

/** The roles a person has for one target. */
function rolesAt(person: Member, target: Target, config: RolesAndRules): readonly Role[] {
  const mine = config.roles.filter(({ to, where }) => holds(to, person) && matches(where, target));
  return withViewer(mine.map(({ role }) => role));
}

/**
 * Whether a person can do something, and who else has to agree. A rule that denies overrides all others; of the rest
 * the most specific decides, and of several equally specific ones the strictest, so the order in the file doesn't
 * matter. Rules say what is required, roles who can ask: no rule gives a role.
 */
export function decide(question: Question, config: RolesAndRules): Decision {
  const needs = neededRole(question);
  if (!rolesAt(question.person, question.target, config).includes(needs))
    return { may: 'no', because: 'role', needs, holders: holdersAt(needs, question.target, config) };
  return decideByRules(question, config.rules);
}

/** What the rules alone say, for everyone: no role overrides their no. */
export function decideByRules(ask: Deed, rules: readonly Rule[]): Decision {
  const applying = rulesFor(ask, rules, isStrict);
  const denying = applying.filter(({ rule }) => rule.verdict.deny).sort((a, b) => compareRules(b.rule, a.rule))[0];
  if (denying) return { may: 'no', because: 'rule', ...denying };
  const approval = approvalBy(applying.map(({ rule }) => rule)) ?? defaultApproval(ask.operation);
  const fewest = operationTraits[ask.operation].fewest ?? 0;
  if (fewest > (isApprovals(approval) ? approval.approvals : 0))
    return { may: 'no', because: 'too-few-approvals', fewest };
  return { may: 'yes', approval };
}

/**
 * Whether a rule requires that the person has the Azure permissions for this. Any rule that applies counts, however
 * wide.
 */
export function demandsAzureRole(ask: Deed, rules: readonly Rule[]): boolean {
  const demanding = rules.filter(({ azureRole }) => azureRole === true);
  return rulesFor(ask, demanding, () => true).length > 0;
}

/**
 * The same before a target is named: a role that is held anywhere is enough, and a no says who holds it anywhere. So is
 * a rule that demands enough approvals for some target.
 */
export function decideSomewhere(question: Pick<Question, 'person' | 'operation'>, config: RolesAndRules): Decision {
  const everywhere = { ...config, roles: config.roles.map((grant) => ({ ...grant, where: {} })) };
  const decision = decide({ ...question, target: {} }, everywhere);
  if (decision.may === 'yes' || decision.because !== 'too-few-approvals') return decision;
  const { fewest } = decision;
  const enough = approvalsSomewhere(question.operation, config).find(({ approvals }) => approvals >= fewest);
  return enough ? { may: 'yes', approval: enough } : decision;
}

/** The approvals that rules demand for an operation, for any target. */
function approvalsSomewhere(wanted: OperationName, { rules }: Pick<RolesAndRules, 'rules'>) {
  return rules.flatMap(({ operation, verdict }) =>
    (operation ?? wanted) === wanted && !verdict.deny && isApprovals(verdict.approval) ? verdict.approval : [],
  );
}

/** Whether a rule, for any target, lets an operation run without anybody else. */
export function mayAloneSomewhere(operation: OperationName, { rules }: Pick<RolesAndRules, 'rules'>): boolean {
  return rules.some(
    (rule) =>
      (rule.operation === null || rule.operation === operation) &&
      !rule.verdict.deny &&
      typeof rule.verdict.approval === 'string',
  );
}

/**
 * Whether a person can approve everything that a plan touches; a plan without a target needs somebody who can approve
 * everywhere.
 */
export function approves(person: Member, asks: readonly Ask[], config: RolesAndRules): boolean {
  const places = asks.length > 0 ? asks.map(({ target }) => target) : [{}];
  return places.every((target) => rolesAt(person, target, config).includes('approver'));
}

/** The people whom rules name, entry by entry, and whether half of a request's time has passed. */
export type NamedNow = { readonly named: readonly NamedApprovers[]; readonly isLate: boolean };

/** Those of an entry who count now; once it `isLate`, their fallbacks do, too. */
function textsOf({ approvers, fallback }: NamedApprovers, isLate: boolean): readonly string[] {
  return [...approvers, ...(isLate ? fallback : [])];
}

/** The entries that a person's vote serves, by their keys. */
export function servedBy(person: Member, { named, isLate }: NamedNow): readonly string[] {
  return named
    .filter((entry) => textsOf(entry, isLate).some((text) => holds(holderOf(text), person)))
    .map((entry) => entryKey(entry));
}

/**
 * Who can decide about what a plan touches, as written in `kluis.yaml`, for each entry of named approvers; without any,
 * in one entry. Somebody named who certainly lacks the role isn't among them: being named makes nobody an approver.
 */
export function approversOf(
  asks: readonly Ask[],
  { named, isLate }: NamedNow,
  config: RolesAndRules,
): readonly (readonly string[])[] {
  const places = asks.length > 0 ? asks.map(({ target }) => target) : [{}];
  const [first = [], ...others] = places.map((target) => holdersAt('approver', target, config));
  const isCounted = (text: string) => places.every((target) => mayHold(text, target, config));
  const inRole = first.filter((holder) => others.every((all) => all.includes(holder)));
  if (named.length === 0) return [inRole];
  return named.map((entry) => {
    const texts = textsOf(entry, isLate);
    return texts.includes('everyone') ? inRole : [...new Set(texts)].filter(isCounted);
  });
}

/** Whether somebody in `kluis.yaml` may be an approver: who is in a group isn't known here. */
function mayHold(text: string, target: Target, config: RolesAndRules): boolean {
  const to = holderOf(text);
  if (to.kind !== 'user') return true;
  const holders = holdersAt('approver', target, config).map(holderOf);
  return holders.some((one) => one.kind !== 'user' || sameId(one.id, to.id));
}

/** Whether a person has a role everywhere; a no says who does. */
export function holdsEverywhere(
  person: Member,
  role: Role,
  config: RolesAndRules,
): { readonly holds: true } | { readonly holds: false; readonly holders: readonly string[] } {
  if (rolesAt(person, {}, config).includes(role)) return { holds: true };
  return { holds: false, holders: holdersAt(role, {}, config) };
}

/** Who has a role for a target, as written in `kluis.yaml`. */
export function holdersAt(role: Role, target: Target, config: RolesAndRules): readonly string[] {
  const holders = config.roles.filter((grant) => grant.role === role && matches(grant.where, target));
  return [...new Set(holders.map(({ to }) => holderText(to)))];
}

// Whoever started a job needs only what starting it needed; anybody else's job takes an administrator.
function neededRole({ operation, person, startedBy }: Omit<Question, 'target'>): Role {
  const isOwnJob = operation === 'cancel-job' && typeof startedBy === 'string' && sameId(startedBy, person.id);
  return isOwnJob ? 'operator' : operationTraits[operation].role;
}

type Applying = { readonly rule: Rule; readonly unread: readonly Facet[] };

/**
 * The rules that apply. One that allows more has to match one target as a whole. One that is stricter also applies if
 * each of its facets matches a different target (such as `vm` the VM and `resourceGroup` the group that its disks are
 * restored into), or if what it names couldn't be read.
 */
function rulesFor(
  { operation, target, also = [] }: Deed,
  rules: readonly Rule[],
  strict: (rule: Rule) => boolean,
): readonly Applying[] {
  return rules.flatMap((rule): Applying[] => {
    if (rule.operation !== null && rule.operation !== operation) return [];
    const places = [target, ...also];
    if (places.some((place) => matches(rule.match, place))) return [{ rule, unread: [] }];
    const fit = strict(rule) ? fitOf(rule.match, places) : 'differs';
    return fit === 'differs' ? [] : [{ rule, unread: unreadFacets(rule.match, places) }];
  });
}

function isStrict({ verdict }: Rule): boolean {
  return verdict.deny || isApprovals(verdict.approval);
}

/** A rule that says nothing about approvals leaves them to those that do. */
function approvalBy(rules: readonly Rule[]): Approval | null {
  const saying = rules.filter(({ verdict }) => !verdict.deny && verdict.approval !== null);
  const strictest = saying.filter((rule) => saying.every((other) => compareRules(rule, other) >= 0));
  const approvals = strictest.flatMap(({ verdict }) => (verdict.deny ? [] : (verdict.approval ?? [])));
  return approvals.length === 0 ? null : approvals.reduce(stricterApproval);
}

function defaultApproval(operation: OperationName): Approval {
  const { approvals } = operationTraits[operation];
  return approvals === 0 ? 'none' : { approvals, ...approvalTimes };
}

function withViewer(held: readonly Role[]): readonly Role[] {
  return allRoles.filter((role) => held.includes(role) || (role === 'viewer' && held.length > 0));
}
