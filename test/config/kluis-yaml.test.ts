import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { defaultConfig, grantsByAccessPolicy, type KluisConfig } from '../../src/config/kluis-config.ts';
import { parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { sayProblem, type Problem } from '../../src/config/problem.ts';
import { keysAt, sectionNames } from '../../src/config/yaml/sections.ts';
import { remedies } from '../../src/config/yaml/remedies.ts';
import { operationNames } from '../../src/people/operations.ts';
import { decide } from '../../src/people/rights.ts';
import { roles as roleNames } from '../../src/people/roles.ts';
import { anyCharacter } from '../support/samples-of.ts';

const [ana, ben] = ['00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000b1'];
const ops = '11111111-1111-1111-1111-111111111111';
const hour = 3_600_000;
const group = `/subscriptions/${ops}/resourceGroups/rg-drills`;

function configOf(text: string, base?: KluisConfig): KluisConfig {
  const parsed = parseKluisYaml(text, 'kluis.yaml', base);
  if ('problems' in parsed) throw new Error(parsed.problems.map(sayProblem).join('\n'));
  return parsed.config;
}

function problemsOf(text: string): readonly Problem[] {
  const parsed = parseKluisYaml(text, 'kluis.yaml');
  return 'problems' in parsed ? parsed.problems : [];
}

const places = (text: string) => problemsOf(text).map(({ at, subject }) => `${at?.line}:${at?.column} ${subject}`);

const wholeFile = `people:
  - { entra: 00000000-0000-0000-0000-0000000000A1, slack: U012AB3CD, name: Ana de Vries }
roles:
  viewer: [everyone]
  operator: [group:11111111-1111-1111-1111-111111111111, user:U012AB3CD]
  approver: [group:22222222-2222-2222-2222-222222222222]
  admin:
    - { to: user:${ben}, resourceGroup: 'rg-hr*', tag: env=prod }
groups: { dba: [user:U012AB3CD, user:${ben}] }
rules:
  - { operation: undelete, approvals: 1, approvers: dba, fallback: [group:${ops}], quiet: user:${ben}, start: requester }
  - { operation: grant-key-vault-access, keyVault: kv-disks-only, approval: operator }
  - { operation: restore-disks, vm: 'vm-sql-*', approvals: 2, within: 1d12h, start: 30m }
  - { operation: restore-disks, approvals: 1 }
  - { operation: stop-protection, tag: 'env=prod', deny: true }
  - { operation: back-up-now, azureRole: true }
  - { operation: protect, approvals: 1, azureRole: true }
ticket: { pattern: 'CHG[0-9]{7}' }
breakGlass: { group: [dba, group:${ops}], perMonth: 2 }
encryption: { requireKek: warn, ownerTag: team }
prices: { currency: EUR, disks: { Premium_LRS: 0.12 }, vms: { Standard_D4s_v5: 140 } }
vaults: { default: rsv-prod-weu, secondRegion: true }
azure: { backupServiceObjectId: null, grantByAccessPolicy: [kv-disks-only, 'kv-web-*'], grantRole: key-vault-administrator }
channels:
  - { id: '19:abc@thread.tacv2', locale: nl, timeZone: Europe/Amsterdam, approvers: true }
  - { id: C012345, operations: [] }
alerts: [{ vault: rsv-prod-weu, channel: '19:abc@thread.tacv2' }, { tag: 'env=prod', severity: critical, channel: C012345 }, { channel: C5 }]
forecast: { daily: 17:05, allClear: true }
drills: [{ tag: 'env=prod', group: ${group}, subnet: ${group}/providers/Microsoft.Network/virtualNetworks/v/subnets/s, staging: ${group}/providers/Microsoft.Storage/storageAccounts/st, keep: 2h, name: all, every: 30d, starts: monday 08:30, atOnce: 2, channel: C5 }]
slack: { linkByEmail: true }
`;
const drilled = { name: 'all', days: 30, starts: { days: ['monday'], time: '08:30' }, atOnce: 2, channel: 'C5' };
const unset = { operations: null, digest: null };

describe('a good kluis.yaml', () => {
  test('every key', () => {
    expect(configOf(wholeFile)).toEqual({
      people: [{ entra: ana, slack: 'U012AB3CD', name: 'Ana de Vries' }],
      roles: [
        { role: 'viewer', to: { kind: 'everyone' }, where: {} },
        { role: 'operator', to: { kind: 'group', id: ops }, where: {} },
        // Given to her Slack ID, held by the person.
        { role: 'operator', to: { kind: 'user', id: ana }, where: {} },
        { role: 'approver', to: { kind: 'group', id: '22222222-2222-2222-2222-222222222222' }, where: {} },
        { role: 'admin', to: { kind: 'user', id: ben }, where: { resourceGroup: 'rg-hr*', tag: 'env=prod' } },
      ],
      groups: { dba: ['user:U012AB3CD', `user:${ben}`] },
      rules: [
        {
          operation: 'undelete',
          match: {},
          verdict: {
            deny: false,
            approval: {
              approvals: 1,
              withinMs: 4 * hour,
              startMs: hour,
              named: [{ approvers: [`user:${ana}`, `user:${ben}`], fallback: [`group:${ops}`] }],
              quiet: [`user:${ben}`],
              startedBy: 'requester',
            },
          },
        },
        {
          operation: 'grant-key-vault-access',
          match: { keyVault: 'kv-disks-only' },
          verdict: { deny: false, approval: 'operator' },
        },
        {
          operation: 'restore-disks',
          match: { vm: 'vm-sql-*' },
          verdict: { deny: false, approval: { approvals: 2, withinMs: 36 * hour, startMs: hour / 2 } },
        },
        {
          operation: 'restore-disks',
          match: {},
          verdict: { deny: false, approval: { approvals: 1, withinMs: 4 * hour, startMs: hour } },
        },
        { operation: 'stop-protection', match: { tag: 'env=prod' }, verdict: { deny: true } },
        { operation: 'back-up-now', match: {}, verdict: { deny: false, approval: null }, azureRole: true },
        {
          operation: 'protect',
          match: {},
          verdict: { deny: false, approval: { approvals: 1, withinMs: 4 * hour, startMs: hour } },
          azureRole: true,
        },
      ],
      ticket: { pattern: 'CHG[0-9]{7}', required: false },
      breakGlass: { group: [`user:${ana}`, `user:${ben}`, `group:${ops}`], perMonth: 2 },
      encryption: { requireKek: 'warn', ownerTag: 'team' },
      vaults: { default: 'rsv-prod-weu', secondRegion: true },
      azure: {
        backupServiceObjectId: null,
        grantByAccessPolicy: ['kv-disks-only', 'kv-web-*'],
        grantRole: 'key-vault-administrator',
      },
      prices: { currency: 'EUR', disks: { Premium_LRS: 0.12 }, staging: null, vms: { standard_d4s_v5: 140 } },
      channels: [
        { id: '19:abc@thread.tacv2', locale: 'nl', timeZone: 'Europe/Amsterdam', approvers: true, ...unset },
        { id: 'C012345', locale: null, timeZone: null, approvers: false, operations: [], digest: null },
      ],
      alerts: [
        { vault: 'rsv-prod-weu', channel: '19:abc@thread.tacv2' },
        { tag: 'env=prod', severity: 'critical', channel: 'C012345' },
        { channel: 'C5' },
      ],
      forecast: { daily: '17:05', allClear: true },
      drills: [expect.objectContaining({ match: { tag: 'env=prod' }, keepMs: 2 * hour, schedule: drilled })],
      slack: { linkByEmail: true },
    });
  });

  test.each(['', '# nothing yet\n', 'people:\nroles:\nrules:\n', '---\n...\n', '{}'])('%j is the default', (text) => {
    expect(configOf(text)).toEqual(defaultConfig('azure'));
    expect(configOf(text, defaultConfig('simulator'))).toEqual(defaultConfig('simulator'));
  });

  test('a missing section keeps its default, and a present one replaces it completely', () => {
    const config = configOf('rules: []\nencryption: {}\n', defaultConfig('simulator'));
    expect(config).toEqual({ ...defaultConfig('simulator'), rules: [] });
  });

  test.each([
    ['true', 'refuse'],
    ['refuse', 'refuse'],
    ['off', 'off'],
    ['warn', 'warn'],
  ])('requireKek: %s means %s', (written, meant) =>
    expect(configOf(`encryption: { requireKek: ${written} }`).encryption.requireKek).toBe(meant),
  );

  test('grants by access policy are enabled for the named key vaults, and for no others', () => {
    const config = configOf(wholeFile);
    const names = ['KV-disks-only', 'kv-web-weu', 'kv-disks-only-2', 'kv-prod-weu'];
    expect(names.map((name) => grantsByAccessPolicy(config, name))).toEqual([true, true, false, false]);
    expect(grantsByAccessPolicy(defaultConfig('azure'), 'kv-web-weu')).toBe(false);
    expect(grantsByAccessPolicy(defaultConfig('simulator'), 'kv-web-weu')).toBe(true);
  });

  test('what was read decides', () => {
    const config = configOf(wholeFile);
    const target = { vm: 'vm-sql-01', resourceGroup: 'rg-sql', subscription: 'c0de', tags: { Env: 'Prod' } };
    const person = { id: ana, groups: [] };
    expect(decide({ person, operation: 'restore-disks', target }, config)).toMatchObject({
      approval: { approvals: 2 },
    });
    expect(decide({ person, operation: 'undelete', target }, config)).toMatchObject({
      because: 'role',
      holders: ['group:22222222-2222-2222-2222-222222222222'],
    });
  });
});

describe('a broken kluis.yaml names line, column and field', () => {
  test.each<[string, string, string[]]>([
    ['no YAML', 'rules: [1\n', ['2:1 YAML']],
    ['a key twice', 'slack: {}\nslack: {}\n', ['2:1 YAML']],
    ['a tab', 'roles:\n\toperator: []\n', ['2:1 YAML']],
    ['two documents', 'slack: {}\n---\nslack: {}\n', ['2:1 YAML']],
    ['a list', '- people\n', ['1:1 file']],
    ['an unknown key', 'people: []\nrole: {}\n', ['2:1 role']],
    [
      'unknown keys deep inside',
      'azure:\n  grantRoles: x\nrules:\n  - { deny: true, vm: a, vn: b }\n',
      ['2:3 azure.grantRoles', '4:26 rules[0].vn'],
    ],
    ['a person without an id', 'people:\n  - { name: Ana }\n', ['2:5 people[0].entra']],
    ['a person of whom nothing is said', `people:\n  - { entra: ${ana} }\n`, ['2:5 people[0]']],
    ['a name for an id', 'people:\n  - { entra: ana, name: Ana }\n', ['2:14 people[0].entra']],
    ['a Slack name for an id', `people:\n  - { entra: ${ana}, slack: '@ana' }\n`, ['2:59 people[0].slack']],
    [
      'a person and a Slack id twice',
      `people:\n  - { entra: ${ana}, slack: U012AB3CD }\n  - { entra: ${ana.toUpperCase()}, name: A }\n  - { entra: ${ben}, slack: U012AB3CD }\n`,
      ['3:14 people[1].entra', '4:59 people[2].slack'],
    ],
    ['a role that is none', 'roles:\n  operators: [everyone]\n', ['2:3 roles.operators']],
    ['a role as a word', 'roles:\n  operator: everyone\n', ['2:13 roles.operator']],
    ['a holder that is none', 'roles:\n  operator: [all]\n', ['2:14 roles.operator[0].to']],
    ['a group by name', 'roles:\n  viewer: [everyone]\n  operator:\n    - group:Ops\n', ['4:7 roles.operator[0].to']],
    ['a person by address', 'roles:\n  operator: [user:ana@contoso.com]\n', ['2:14 roles.operator[0].to']],
    ['an operation that is none', 'rules:\n  - { operation: restore, deny: true }\n', ['2:18 rules[0].operation']],
    ['a facet of another one', 'rules:\n  - { operation: create-policy, vm: a, deny: true }\n', ['2:37 rules[0].vm']],
    ['a rule that decides nothing', 'rules:\n  - { operation: protect }\n', ['2:5 rules[0]']],
    ['a rule that contradicts itself', 'rules:\n  - { deny: true, approvals: 1 }\n', ['2:30 rules[0].approvals']],
    ['a demand that a denial makes moot', 'rules:\n  - { deny: true, azureRole: true }\n', ['2:30 rules[0].azureRole']],
    ['a demand that is none', 'rules:\n  - { azureRole: false }\n', ['2:18 rules[0].azureRole']],
    ['a pattern that is none', 'ticket: { pattern: "CHG[" }\n', ['1:20 ticket.pattern']],
    ['a pattern that refers back', "ticket: { pattern: '(CHG)\\1' }\n", ['1:20 ticket.pattern']],
    ['break-glass without people', 'breakGlass: { perMonth: 3 }\n', ['1:13 breakGlass.group']],
    ['break-glass for everyone', 'breakGlass: { group: everyone }\n', ['1:22 breakGlass.group']],
    ['names without approvals', 'rules:\n  - deny: true\n    approvers: dba\n', ['3:16 rules[0].approvers']],
    ['nobody to stand in for', 'rules:\n  - { approvals: 1, fallback: dba, vm: a }\n', ['2:31 rules[0].fallback']],
    ['a time without approvals', 'rules:\n  - deny: true\n    within: 4h\n', ['3:13 rules[0].within']],
    [
      'times that are none',
      'rules:\n  - { approvals: 1, within: 4, start: 1m }\n',
      ['2:29 rules[0].within', '2:39 rules[0].start'],
    ],
    [
      'approvals that are none',
      'rules:\n  - { approvals: 1.5 }\n  - { approvals: 6 }\n',
      ['2:18 rules[0].approvals', '3:18 rules[1].approvals'],
    ],
    ['a deny that is none', 'rules:\n  - { vm: a, deny: false }\n', ['2:20 rules[0].deny']],
    ['a path for a VM', 'rules:\n  - { vm: rg/vm, deny: true }\n', ['2:11 rules[0].vm']],
    ['a subscription by name', 'rules:\n  - { subscription: prod, deny: true }\n', ['2:21 rules[0].subscription']],
    ['a kind of KEK rule that is none', 'encryption: { requireKek: maybe }', ['1:27 encryption.requireKek']],
    ['a vault id for a name', 'vaults: { default: /subscriptions/1 }', ['1:20 vaults.default']],
    [
      'a zone, a language, a thread',
      "channels:\n  - { id: '19:a;messageid=1', timeZone: CEST5, locale: de }\n",
      ['2:11 channels[0].id', '2:41 channels[0].timeZone', '2:56 channels[0].locale'],
    ],
    ['a channel twice', 'channels:\n  - { id: C1 }\n  - { id: c1 }\n', ['3:11 channels[1].id']],
    [
      'an alert without a channel, of a severity that is none',
      'alerts:\n  - { vault: v, severity: bad }\n',
      ['2:5 alerts[0].channel', '2:27 alerts[0].severity'],
    ],
    ['an alert twice', 'alerts:\n  - { vault: v, channel: C1 }\n  - { vault: v, channel: c1 }\n', ['3:5 alerts[1]']],
    ['a word for a yes or no', 'slack: { linkByEmail: yes }', ['1:23 slack.linkByEmail']],
    ['a field behind an anchor', 'rules:\n  - &r { vm: a, deny: no }\n', ['2:23 rules[0].deny']],
  ])('%s', (_name, text, expected) => expect(places(text)).toEqual(expected));

  test('all problems are reported at once, in the order of the file', () => {
    const text = 'rolls: {}\npeople: 5\nencryption: { requireKek: x }\nslack: []\n';
    expect(places(text)).toEqual(['1:1 rolls', '2:9 people', '3:27 encryption.requireKek', '4:8 slack']);
  });

  test.each([
    ['role: {}', 'kluis.yaml:1:1 role: there is no such key. Did you mean roles?'],
    [
      'rules:\n  - { operation: restore, deny: true }',
      /restore is none of: protect, .*\. Did you mean restore-disks\?$/,
    ],
    ['rules:\n  - { operation: xyz, deny: true }', /Write the name of an operation, or leave it out for all\.$/],
    ['slack: { linkByMail: true }', /there is no such key\. Did you mean linkByEmail\?$/],
    ['vaults: { zzz: 1 }', /there is no such key\. Keys here are: default, secondRegion\.$/],
    ['channels: [{ id: a, locale: de }]', /de is none of: en, nl\. Write en or nl\.$/],
    [
      'channels: [{ id: a, operations: [backup-now] }]',
      /channels\[0\]\.operations\[0\].*backup-now is none of: protect, .*Did you mean back-up-now\?$/,
    ],
    ['channels: [{ id: a, operations: [xyz] }]', /xyz is none of: .* Write the name of an operation: back-up-now/],
    [
      'channels: [{ id: a, operations: none }]',
      /Write a list of operations that can be started from it, \[\] for none/,
    ],
    ['slack: { linkByEmail: 1 }', /it is 1, not true or false\. Write true or false\.$/],
  ])('%j', (text, line) => {
    const [first = ''] = problemsOf(text).map(sayProblem);
    if (typeof line === 'string') expect(first).toBe(line);
    else expect(first).toMatch(line);
  });

  test('a file that tries to exhaust the parser is refused', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((name, at) => {
        const before = 'abcdefg'[at];
        return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`;
      }),
    ].join('\n');
    expect(places(bomb)).toEqual(['1:1 file']);
    expect(problemsOf(`people: ${'['.repeat(20_000)}`)).not.toEqual([]);
    expect(problemsOf(`people: ${'[{a: '.repeat(5_000)}`)).not.toEqual([]);
    expect(places(' '.repeat(1_000_001))).toEqual(['1:1 file']);
  });
});

test('a group in a rule that the file doesn’t define is reported with its position', () => {
  const text = `groups: { dba: [everyone] }\nroles: { operator: [everyone], approver: [everyone] }\nrules:\n`;
  expect(places(`${text}  - { approvals: 1, approvers: db }\n`)).toEqual(['4:32 rules[0].approvers']);
  expect(places(`${text}  - { approvals: 1, approvers: dba }\n`)).toEqual([]);
  expect(places(`breakGlass: { group: nigth }\n`)).toEqual(['1:22 breakGlass.group']);
});

describe('rules that nobody can satisfy, or that have no effect', () => {
  const file = (roles: string, rules: string) => `roles: { ${roles} }\nrules:\n${rules}`;
  const two = '  - { operation: restore-disks, approvals: 2 }\n';
  test.each<[string, string, string[]]>([
    ['two approvals, one approver', file(`operator: [everyone], approver: [user:${ana}]`, two), ['3:44']],
    ['two approvals, nobody', file('operator: [everyone]', two), ['3:44']],
    [
      'one approval, and only the requester could give it',
      file(`operator: [user:${ana}], approver: [user:${ana}]`, '  - { approvals: 1 }\n'),
      ['3:18'],
    ],
    [
      'two approvals, of which one would be the requester’s',
      file(`operator: [user:${ana}, user:${ben}], approver: [user:${ana}, user:${ben}]`, two),
      ['3:44'],
    ],
    [
      'named approvers, of whom too few hold the role',
      file(
        `operator: [everyone], approver: [user:${ana}, user:${ben}]`,
        `  - { approvals: 2, approvers: [user:${ana}, user:${ops}] }\n`,
      ),
      ['3:32'],
    ],
    ['nobody who may ask', file('approver: [everyone]', two), ['3:18']],
    [
      'no administrator',
      file('operator: [everyone]', '  - { operation: create-policy, approval: operator }\n'),
      ['3:18'],
    ],
    [
      'a rule under a deny',
      file(
        'operator: [everyone], approver: [everyone]',
        "  - { vm: 'vm-*', deny: true }\n  - { operation: protect, vm: 'vm-sql*', approvals: 1 }\n",
      ),
      ['4:5'],
    ],
    [
      'a rule twice',
      file('operator: [everyone], approver: [everyone]', '  - { vm: A, approvals: 1 }\n  - { vm: a, approvals: 2 }\n'),
      ['4:5'],
    ],
  ])('%s', (_name, text, expected) =>
    expect(problemsOf(text).map(({ at }) => `${at?.line}:${at?.column}`)).toEqual(expected),
  );

  test.each<[string, string]>([
    [
      'an approver who asks nothing',
      file(`operator: [user:${ben}], approver: [user:${ana}]`, '  - { approvals: 1 }\n'),
    ],
    ['a group', file(`operator: [everyone], approver: [group:${ops}]`, two)],
    ['everyone', file('operator: [everyone], approver: [everyone]', two)],
    ['a deny without any role', file('', '  - { deny: true }\n')],
    [
      'own jobs without an administrator',
      file('operator: [everyone]', '  - { operation: cancel-job, approval: operator }\n'),
    ],
    [
      'a rule that a deny covers in part',
      file(
        'operator: [everyone], approver: [everyone]',
        "  - { vm: 'vm-?', deny: true }\n  - { vm: 'vm-*', approvals: 1 }\n",
      ),
    ],
  ])('but not with %s', (_name, text) => expect(problemsOf(text)).toEqual([]));

  test('one person with two IDs is one approver', () => {
    const text = `people: [{ entra: ${ana}, slack: U012AB3CD }]\n${file(`operator: [everyone], approver: [user:${ana}, user:U012AB3CD]`, two)}`;
    expect(problemsOf(text).map(sayProblem)).toEqual([
      'kluis.yaml:4:44 rules[0].approvals: it requires 2, but at most 1 can approve. Name more people or a group under roles.approver, or require fewer approvals.',
    ]);
  });
});

test('every field has its remedy, and none is left over', () => {
  const fields = Object.entries(keysAt).flatMap(([parent, keys]) =>
    keys.map((key) => (parent ? `${parent}.${key}` : key)),
  );
  const asPatterns = fields.map((field) => field.replace(/^roles\.[^.]+/, 'roles.*'));
  const lists = [
    'people.*',
    'roles.*.*',
    'groups.*',
    'rules.*',
    'azure.grantByAccessPolicy.*',
    'channels.*',
    'channels.*.operations.*',
    'alerts.*',
  ];
  expect(Object.keys(remedies).sort()).toEqual([...new Set([...asPatterns, ...lists])].sort());
});

describe('whatever the text', () => {
  const reads = (text: string) => {
    const parsed = parseKluisYaml(text, 'kluis.yaml', defaultConfig('simulator'));
    if ('config' in parsed) return void expect(Object.keys(parsed.config).sort()).toEqual([...sectionNames].sort());
    expect(parsed.problems.length).toBeGreaterThan(0);
    const lines = text.split(/\r\n|\n|\r/).length + 1;
    const isWhole = ({ at, wrong, remedy }: Problem) =>
      at && at.line >= 1 && at.line <= lines && wrong !== '' && remedy !== '';
    // oxlint-disable-next-line no-control-regex -- that none of them is there is what is tested
    const isPlain = (problem: Problem) => !/[\u0000-\u0009\u000b-\u001f]/.test(sayProblem(problem));
    expect(parsed.problems.filter((problem) => !isWhole(problem) || !isPlain(problem))).toEqual([]);
  };

  test('it gives a config or problems, and never throws', () => {
    const piece = fc.constantFrom(
      'people',
      'rules',
      ':',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '&a ',
      '*a',
      '!!x ',
      '? ',
      '<<',
      '__proto__',
      "'",
      '"',
      '#',
      '|',
      '>',
      '\t',
      '%YAML 1.1\n---\n',
      'null',
      '1e9',
      '\u0000',
      '\u202e',
      '💾',
    );
    const text = fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit: piece, maxLength: 30 }));
    fc.assert(fc.property(text, reads), { numRuns: 2000 });
  });

  test('the same for files of the right shape with any values in them', () => {
    const known = fc.constantFrom(...Object.values(keysAt).flat(), '__proto__', 'constructor', 'toString');
    const leaf = fc.oneof(
      fc.constantFrom<unknown>(
        ...operationNames,
        ...roleNames,
        'everyone',
        `user:${ana}`,
        `group:${ops}`,
        'operator',
        1,
        2,
        '4h',
        true,
        null,
        ana,
      ),
      fc.jsonValue(),
    );
    const { file } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(known, tie('value'), { maxKeys: 4 }),
      ),
      file: fc.dictionary(fc.constantFrom<string>(...sectionNames), tie('value')),
    }));
    fc.assert(
      fc.property(
        file.map((value) => stringify(value)),
        reads,
      ),
      { numRuns: 1000 },
    );
  });

  test('a good file with one character changed', () => {
    const change = fc.record({ at: fc.nat(wholeFile.length - 1), to: fc.string({ maxLength: 2 }) });
    fc.assert(
      fc.property(change, ({ at, to }) => reads(wholeFile.slice(0, at) + to + wholeFile.slice(at + 1))),
      { numRuns: 1000 },
    );
  });
});
