import { fitsGlob } from '../people/glob.ts';
import type { Clock } from '../core/clock.ts';
import { groupsMaxAgeMs, type Groups } from '../people/groups.ts';
import type { PersonLink } from '../people/links.ts';
import { nameOf, personIdOf } from '../people/links.ts';
import type { Target } from '../people/match.ts';
import type { OperationName } from '../people/operations.ts';
import { decide, decideSomewhere, rightsOf, type Decision } from '../people/rights.ts';
import type { Member } from '../people/roles.ts';
import type { RolesAndRules } from '../people/rules.ts';
import type { Goal } from '../operations/plan.ts';
import type { RightTarget } from '../operations/conversation.ts';
import type { Authority, May } from './deps.ts';

const operationsOf: Readonly<Record<Goal, readonly OperationName[]>> = {
  'protect-and-back-up': ['protect', 'back-up-now'],
  protect: ['protect'],
  'grant-protect-and-back-up': ['grant-key-vault-access', 'protect', 'back-up-now'],
  'grant-and-back-up': ['grant-key-vault-access', 'back-up-now'],
  grant: ['grant-key-vault-access'],
  'back-up-now': ['back-up-now'],
  'cancel-job': ['cancel-job'],
  'create-policy': ['create-policy'],
  'change-policy': ['change-policy'],
};

/** Answers for roles and rules: who may look, who may choose what, and which grants need nobody else. */
export function authority(config: Config, groups: Groups, clock: Clock): Authority {
  return {
    rightsOf: async (person) => {
      // A role that everyone has is everyone's whom Entra knows; who nobody knows has none, not even that.
      const unlinked = () => ({ may: false, unlinked: true }) as const;
      if (person.unlinked) return { mayLook: true, mayChoose: unlinked, maySomewhere: unlinked };
      const id = personIdOf(person.id, config.people);
      const membership = await groups.of(id);
      if (!membership.known) throw new Error(`group memberships: ${membership.fault}`);
      const member: Member = { id, groups: membership.groups };
      const { everywhere, somewhere } = rightsOf(member, config);
      return {
        mayLook: everywhere.length + somewhere.length > 0,
        mayChoose: (goal, target) => mayAll(config, member, { goal, target }),
        maySomewhere: (goal) => mayAnywhere(config, member, goal),
      };
    },
    answers: () => isAnswering(groups.last(), clock.now()),
    grantAlone: (target) => grantTargets(target).every((one) => grantDecisionAlone(config, one)),
    grantByPolicy: (keyVault) => config.azure.grantByAccessPolicy.some((pattern) => fitsGlob(pattern, keyVault)),
  };
}

/** A fault counts as long as an answer would: else nobody would ask again, and this process would never be ready. */
function isAnswering(last: ReturnType<Groups['last']>, now: Date): boolean {
  if (last === null || last.fault === null) return true;
  const age = now.getTime() - last.at.getTime();
  return age < 0 || age >= groupsMaxAgeMs;
}

type Choice = { readonly goal: Goal; readonly target: RightTarget };
type Config = RolesAndRules & {
  readonly people: readonly PersonLink[];
  readonly azure: { readonly grantByAccessPolicy: readonly string[] };
};

function mayAll(config: Config, person: Member, { goal, target }: Choice): May {
  for (const operation of operationsOf[goal]) {
    const targets = operation === 'grant-key-vault-access' ? grantTargets(target) : [plainTarget(target)];
    for (const one of targets) {
      const may = mayOf(
        config,
        decide({ person, operation, target: one, startedBy: target.startedBy ?? null }, config),
      );
      if (!may.may) return may;
    }
  }
  return { may: true };
}

/** A rule that denies everywhere denies; of a role it is enough to hold it somewhere. */
function mayAnywhere(config: Config, person: Member, goal: Goal): May {
  for (const operation of operationsOf[goal]) {
    const may = mayOf(config, decideSomewhere({ person, operation }, config));
    if (!may.may) return may;
  }
  return { may: true };
}

function mayOf(config: Config, decision: Decision): May {
  if (decision.may === 'yes') return { may: true };
  if (decision.because === 'rule') return { may: false, needs: '', holders: [], byRule: true };
  const holders = decision.holders.map((holder) => nameOf(holder.replace(/^user:/, ''), config.people) ?? holder);
  return { may: false, needs: decision.needs, holders, byRule: false };
}

/** Whether the rules let any operator give this access alone: it is asked for whoever may ask at all. */
function grantDecisionAlone(config: Config, target: Target): boolean {
  const operator: RolesAndRules = {
    roles: [{ role: 'operator', to: { kind: 'everyone' }, where: {} }],
    rules: config.rules,
  };
  const asker = { id: 'anybody', groups: [] };
  const decision = decide({ person: asker, operation: 'grant-key-vault-access', target }, operator);
  return decision.may === 'yes' && (decision.approval === 'operator' || decision.approval === 'none');
}

function grantTargets(target: RightTarget): Target[] {
  const keyVaults = target.keyVaults?.length ? target.keyVaults : [undefined];
  return keyVaults.map((keyVault) => ({ ...plainTarget(target), keyVault }));
}

function plainTarget({ vm, vmTags, resourceGroup, subscription, vault }: RightTarget): Target {
  if (vm !== undefined && resourceGroup !== undefined && subscription !== undefined) {
    return { vm, resourceGroup, subscription, tags: vmTags ?? {}, vault };
  }
  return { resourceGroup, subscription, vault };
}
