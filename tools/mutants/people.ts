import { mutantsOf, type Mutant } from './mutant.ts';

const near = ['people/rights.test.ts', 'people/gate.test.ts'];
const azure = ['people/azure-role.test.ts'];
const people = ['people/people.test.ts', ...near];
const groups = ['people/groups.test.ts'];

/** Faults in roles, rules, links and groups. */
export const peopleMutants: readonly Mutant[] = [
  ...mutantsOf('src/people/gate.ts', near, [
    [
      'gate-first',
      "if (decision.may === 'no') return { gate: 'refused', ask, decision };",
      '',
      'A plan starts though one of its parts is refused.',
    ],
    [
      'gate-channel',
      "if (closed) return { gate: 'refused', ask: closed, decision: { may: 'no', because: 'channel' } };",
      '',
      'Every channel can start everything.',
    ],
    [
      'gate-azure',
      'return (inAzure && refusedByAzure(asks, config, inAzure)) ?? sum;',
      'return sum;',
      'A rule on Azure roles doesn’t count.',
    ],
    [
      'gate-unread',
      "if (typeof holdings === 'string') return { gate: 'refused', ask, decision: { may: 'no', because: holdings } };",
      "if (typeof holdings === 'string') continue;",
      'Azure roles that couldn’t be read count as held.',
    ],
    [
      'gate-all',
      'asks.filter((one) => demandsAzureRole(one, rules))',
      'asks',
      'Azure roles are asked for where no rule does.',
    ],
    [
      'gate-none',
      'startable === null || startable.includes(operation)',
      'startable === null || startable.length > 0',
      'A channel that can start something can start everything.',
    ],
    [
      'gate-last',
      'const approvals = stricterApproval(sum.approvals, approval) as Approvals;',
      'const approvals = approval;',
      'The approvals of the last part count instead of the strictest.',
    ],
    [
      'gate-ask',
      '...(approvals.approvals > sum.approvals.approvals && { ask })',
      '',
      'The refusal names a part that needs fewer approvals.',
    ],
  ]),
  ...mutantsOf('src/people/rights.ts', near, [
    [
      'role-anywhere',
      'config.roles.filter(({ to, where }) => holds(to, person) && matches(where, target))',
      'config.roles.filter(({ to }) => holds(to, person))',
      'A role for one group of resources counts everywhere.',
    ],
    [
      'role-free',
      'if (!rolesAt(question.person, question.target, config).includes(needs))',
      'if (false)',
      'Nobody needs a role.',
    ],
    [
      'deny-loses',
      "if (denying) return { may: 'no', because: 'rule', ...denying };",
      '',
      'A rule that denies doesn’t.',
    ],
    [
      'fewest',
      'if (fewest > (isApprovals(approval) ? approval.approvals : 0))',
      'if (fewest > 9)',
      'What needs at least one approval starts without.',
    ],
    [
      'default-none',
      "return approvals === 0 ? 'none' : { approvals, ...approvalTimes };",
      "return 'none';",
      'Without a rule a restore needs nobody.',
    ],
    [
      'azure-narrow',
      'return rulesFor(ask, demanding, () => true).length > 0;',
      'return rulesFor(ask, demanding, () => false).length > 0;',
      'A rule on Azure roles doesn’t count where a target couldn’t be read.',
    ],
    [
      'somewhere-role',
      'roles: config.roles.map((grant) => ({ ...grant, where: {} }))',
      'roles: config.roles',
      'Who has a role for one group sees nothing to start.',
    ],
    [
      'somewhere-enough',
      'find(({ approvals }) => approvals >= fewest)',
      'find(() => true)',
      'An offer is shown that every rule refuses.',
    ],
    [
      'alone-denied',
      '      !rule.verdict.deny &&\n      typeof',
      '      typeof',
      'A rule that denies counts as one that lets somebody do it alone.',
    ],
    [
      'approves-some',
      "return places.every((target) => rolesAt(person, target, config).includes('approver'));",
      "return places.some((target) => rolesAt(person, target, config).includes('approver'));",
      'Who can approve one target approves all.',
    ],
    [
      'late-fallback',
      '...(isLate ? fallback : [])',
      '...fallback',
      'Fallbacks count at once.',
      'approval/approvers.properties.test.ts',
      ...near,
    ],
    [
      'served-all',
      '.filter((entry) => textsOf(entry, isLate).some((text) => holds(holderOf(text), person)))',
      '',
      'Anybody’s vote serves every entry.',
      'approval/approvers.properties.test.ts',
      ...near,
    ],
    [
      'named-role',
      '[...new Set(texts)].filter(isCounted)',
      '[...new Set(texts)]',
      'A card names somebody whose click doesn’t count.',
      'approval/approvers.properties.test.ts',
      ...near,
    ],
    [
      'in-role',
      'first.filter((holder) => others.every((all) => all.includes(holder)))',
      'first',
      'A card names somebody who can approve one of its targets only.',
      'approval/approvers.properties.test.ts',
      ...near,
    ],
    [
      'own-job',
      "typeof startedBy === 'string' && sameId(startedBy, person.id)",
      "typeof startedBy === 'string'",
      'Any operator cancels anybody’s job.',
    ],
    [
      'own-job-null',
      "operation === 'cancel-job' && typeof startedBy === 'string'",
      "typeof startedBy === 'string'",
      'Whoever started a job has other roles for it, too.',
    ],
    [
      'rule-operation',
      'if (rule.operation !== null && rule.operation !== operation) return [];',
      '',
      'A rule for one operation counts for all.',
    ],
    [
      'rule-also',
      'const places = [target, ...also];',
      'const places = [target];',
      'A rule on the target group of a restore doesn’t count.',
    ],
    [
      'rule-strict',
      "const fit = strict(rule) ? fitOf(rule.match, places) : 'differs';",
      "const fit = 'differs' as string;",
      'A rule that denies doesn’t count where a facet couldn’t be read.',
    ],
    [
      'rule-lax',
      "const fit = strict(rule) ? fitOf(rule.match, places) : 'differs';",
      'const fit = fitOf(rule.match, places);',
      'A rule that allows more counts where a facet couldn’t be read.',
    ],
    [
      'rule-widest',
      'saying.every((other) => compareRules(rule, other) >= 0)',
      'saying.every((other) => compareRules(rule, other) <= 0)',
      'The widest rule decides.',
    ],
    [
      'rule-any',
      'return approvals.length === 0 ? null : approvals.reduce(stricterApproval);',
      'return approvals[0] ?? null;',
      'Of equal rules the first in the file decides.',
    ],
    ['viewer-free', "(role === 'viewer' && held.length > 0)", "role === 'viewer'", 'Everybody can view.'],
    [
      'holders-anywhere',
      'grant.role === role && matches(grant.where, target)',
      'grant.role === role',
      'A refusal names people who can’t do it there.',
    ],
  ]),
  ...mutantsOf('src/people/rules.ts', near, [
    [
      'compare-target',
      '...specificity(match), operation === null ? 0 : 1',
      'operation === null ? 0 : 1, ...specificity(match)',
      'A rule that names its operation beats one for the VM.',
    ],
    [
      'strict-first',
      '(strictness(b)[at] ?? 0) > (strictness(a)[at] ?? 0) ? b : a',
      'a',
      'Of two rules the first counts.',
    ],
    [
      'strict-time',
      '[approval.approvals, -approval.withinMs, -approval.startMs]',
      '[approval.approvals, approval.withinMs, -approval.startMs]',
      'Of two equal rules the one with more time counts.',
    ],
    [
      'strict-start',
      '[approval.approvals, -approval.withinMs, -approval.startMs]',
      '[approval.approvals, -approval.withinMs, approval.startMs]',
      'Of two equal rules the one with more time to start counts.',
    ],
    [
      'strict-alone',
      "if (approval === 'operator') return [0, 0, 0];",
      "if (approval === 'operator') return [9, 0, 0];",
      'A rule that lets somebody do it alone beats one that asks for approvals.',
    ],
    [
      'strict-people',
      'return { ...stricter, ...bothPeople(a, b) };',
      'return stricter;',
      'Of two rules only one’s named people count.',
    ],
  ]),
  ...mutantsOf('src/people/links.ts', people, [
    [
      'link-two',
      'return link && !other ? link.entra : null;',
      'return link ? link.entra : null;',
      'A member of Slack whom two entries name is one of them.',
    ],
    [
      'link-team',
      'return workspace === team ? (user ?? null) : null;',
      'return user ?? null;',
      'A member of another workspace with the same ID is the same person.',
    ],
    [
      'same-case',
      '(isEntraId(a) && a.toLowerCase() === b.toLowerCase())',
      'a.toLowerCase() === b.toLowerCase()',
      'Two members of Slack whose IDs differ in case are one.',
    ],
    [
      'same-strict',
      'return a === b || (isEntraId(a) && a.toLowerCase() === b.toLowerCase());',
      'return a === b;',
      'An ID in capitals is another person.',
    ],
    [
      'person-own',
      'return link ? link.entra : isEntraId(platformId)',
      'return isEntraId(platformId)',
      'Somebody counts as two people, one per chat.',
    ],
  ]),
  ...mutantsOf('src/people/match.ts', near, [
    [
      'fit-unknown',
      "return fits.includes('differs') ? 'differs' : fits.includes('unknown') ? 'unknown' : 'fits';",
      "return fits.includes('differs') ? 'differs' : 'fits';",
      'What couldn’t be read counts as matching.',
    ],
    [
      'fit-one',
      "return fits.includes('fits') ? 'fits' : fits.includes('unknown') ? 'unknown' : 'differs';",
      "return fits.includes('fits') ? 'fits' : 'differs';",
      'What couldn’t be read counts as not matching.',
    ],
    [
      'fit-null',
      "if (value === null) return 'unknown';",
      "if (value === null) return 'differs';",
      'A rule on an unread tag doesn’t count.',
    ],
    [
      'fit-none',
      "if (value === undefined) return 'differs';",
      "if (value === undefined) return 'fits';",
      'A rule on a VM counts for a vault.',
    ],
    [
      'tag-name',
      'return fitsGlob(wantedName, name) && fitsGlob(wantedValue, value);',
      'return fitsGlob(wantedName, name);',
      'A rule on env=prod counts for env=test.',
    ],
    [
      'tag-exact',
      "return isExact(pattern) && (facet !== 'tag' || pattern.includes('='));",
      'return isExact(pattern);',
      'A tag’s name alone is as narrow as its value.',
    ],
    ['narrow-glob', 'Math.min(fixedLength(pattern), exact - 1)', 'exact', 'A pattern is as narrow as an exact name.'],
  ]),
  ...mutantsOf('src/people/roles.ts', near, [
    [
      'holds-group',
      'return member.groups.some((group) => sameId(group, holder.id));',
      'return member.groups.length > 0;',
      'Any group gives a role.',
    ],
    [
      'holds-user',
      'return sameId(holder.id, member.id);',
      'return holder.id === member.id;',
      'A role isn’t found for an ID in capitals.',
    ],
  ]),
  ...mutantsOf(
    'src/people/glob.ts',
    ['people/glob.test.ts'],
    [
      [
        'glob-rest',
        "return wanted.slice(at).every((character) => character === '*');",
        'return true;',
        'A pattern fits what only begins like it.',
      ],
      ['glob-one', "wanted[at] === '?' || ", '', 'A question mark stands for nothing.'],
      ['glob-case', '[...text.toLowerCase()]', '[...text]', 'A pattern doesn’t fit a name in capitals.'],
    ],
  ),
  ...mutantsOf('src/people/groups.ts', groups, [
    [
      'groups-old',
      'return age >= 0 && age < groupsMaxAgeMs;',
      'return age >= 0;',
      'What the directory said once counts for ever.',
    ],
    [
      'groups-future',
      'return age >= 0 && age < groupsMaxAgeMs;',
      'return age < groupsMaxAgeMs;',
      'After a clock was set back, an old answer counts as new.',
    ],
    [
      'groups-fault',
      "fresh && fresh.is !== 'fault' && isFresh(fresh, now)",
      'fresh && isFresh(fresh, now)',
      'One fault of the directory lasts for half a minute.',
    ],
    [
      'groups-throw',
      "return { fault: 'unavailable' as const };",
      "return { groups: [], guest: false, account: 'enabled' as const };",
      'A directory that fails counts as one that knows no groups.',
    ],
  ]),
  ...mutantsOf('src/people/azure-role.ts', azure, [
    [
      'azure-denied',
      "if (denials.some(({ permissions }) => allows(permissions))) return 'denied';",
      '',
      'A deny assignment doesn’t count.',
    ],
    [
      'azure-condition',
      'const free = roles.filter(({ condition }) => condition === null);',
      'const free = roles;',
      'A role under a condition counts as held.',
    ],
    [
      'azure-block',
      'allows(permissions.filter(({ condition }) => condition === null))',
      'allows(permissions)',
      'A permission under a condition counts as held.',
    ],
    [
      'azure-scope',
      'return `${keyOfId(inner)}/`.startsWith(`${above}/`);',
      'return keyOfId(inner).startsWith(above);',
      'A role on rg-app counts for rg-app2.',
    ],
    [
      'azure-child',
      'return childScopes ? reaches(scope, inner) : keyOfId(scope) === keyOfId(inner);',
      'return reaches(scope, inner);',
      'A deny assignment without children counts below its scope.',
    ],
    [
      'azure-data',
      'allowsData(blocks, action)',
      'allowsAction(blocks, action)',
      'An action on data is held by a role for the resource.',
    ],
    [
      'azure-first',
      "for (const because of ['denied', 'missing', 'condition'] as const)",
      "for (const because of ['condition', 'missing', 'denied'] as const)",
      'What no role helps against is told last.',
    ],
  ]),
  ...mutantsOf('src/people/least-role.ts', azure, [
    [
      'least-some',
      'actions.every((action) => one.actions.some((entry) => covers(entry, action)))',
      'actions.some((action) => one.actions.some((entry) => covers(entry, action)))',
      'A role is suggested that gives part of what is needed.',
    ],
  ]),
];
