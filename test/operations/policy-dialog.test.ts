import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { policyBody, type PolicyFacts, type PolicyShape } from '../../src/azure/gateway.ts';
import { policyDialog } from '../../src/operations/backup/policy/dialog.ts';
import { changedLines, isWeaker, shortened } from '../../src/operations/backup/policy/form/difference.ts';
import { keptPolicies, namedPolicies, presetVault } from '../../src/operations/backup/policy/estate.ts';
import { type PolicyForm } from '../../src/operations/backup/policy/form/form.ts';
import { planDigest } from '../../src/operations/parts/plan.ts';
import { planPolicy } from '../../src/operations/backup/policy/plan-policy.ts';
import { asksOf } from '../../src/operations/plan-rights.ts';
import {
  group,
  vault,
  goldShape,
  facts,
  row,
  estate,
  free,
  held,
  talk,
  filled,
  sent,
  goldForm,
  type PolicyTarget,
} from '../support/policy-talk.ts';

describe('how it begins', () => {
  test.each<[string, string, string | undefined]>([
    ['', 'mode', undefined],
    ['gold', 'mode', undefined],
    ['new', 'form', 'rsv-b'],
    ['NEW rsv-a', 'form', 'rsv-a'],
    [`new ${group}/RSV-A`, 'form', 'rsv-a'],
    ['new rsv-nope', 'vault', undefined],
    ['change', 'policy', undefined],
    ['change gold', 'policy', undefined],
    ['change silver', 'form', undefined],
    ['change rsv-a/gold', 'form', undefined],
    ['change nothing', 'policy', undefined],
  ])('backup policy %s asks for the %s', (typed, next, inVault) => {
    const one = talk(typed);
    expect(one.next).toBe(next);
    if (inVault) expect(one.known.vault).toBe(`${group}/${inVault}`);
    expect(one.card('nl').title).not.toBe('');
  });

  test('a name that exists twice leads to a question, with its vaults', () => {
    const one = talk('change gold');
    expect(one.card().title).toBe('❓ 2 policies are called gold. Which one?');
    expect(one.card().text).toContain('rsv-a · gold');
    expect(one.card().text).not.toContain('silver');
    expect(one.clicks({ policy: facts('rsv-b', { ...goldShape, name: 'silver' }).id })).toBe('not-offered');
    expect(one.clicks({ policy: facts('rsv-b').id })).toBeNull();
    expect(one.next).toBe('form');
  });

  test('an unknown name offers what there is', () => {
    const one = talk('change nothing');
    expect(one.card().title).toBe('❓ No policy is called nothing. Which one do you mean?');
    expect(one.card().text).toContain('silver');
  });

  test('nothing to choose from is said', () => {
    const none = { vaults: [], policies: [], more: 0, unread: [] };
    expect(talk('new', { estate: none }).card().title).toContain('There is no Recovery Services vault');
    const unread = { estate: { ...none, unread: ['rsv-a'] } };
    for (const mode of ['new', 'change'] as const)
      expect(talk(mode, unread).card().title).toBe("🔎 Can't tell: rsv-a couldn't be read");
  });

  test.each([
    ['policy', 'silver', { policy: facts('rsv-b', { ...goldShape, name: 'silver' }).id }],
    ['policy', 'gold', null],
    ['vault', 'rsv-a', { vault: `${group}/rsv-a` }],
    ['mode', 'new', { mode: 'new' }],
    ['form', 'anything', null],
  ])('typed at %s: %s', (next, text, inputs) => {
    expect(policyDialog.typed!(text, { estate, args: ['change'] }, next)).toEqual(inputs);
  });

  test('a hundred of thousands are listed, always including the named one', () => {
    const many = Array.from({ length: 3000 }, (_, n) => row('rsv-b', { ...goldShape, name: `p-${n}` }));
    expect(keptPolicies(many, 'P-2999')).toMatchObject({ policies: [{ facts: { name: 'p-2999' } }], more: 0 });
    const kept = keptPolicies(many, 'nothing');
    expect([kept.policies.length, kept.more]).toEqual([100, 2900]);
    const card = talk('change', { estate: { ...estate, ...kept } }).card();
    expect(card.text).toContain("2,900 more policies aren't listed: write backup policy change and the name.");
  });

  test('presets', () => {
    expect(presetVault({ vaults: [vault('one')] }, null)?.name).toBe('one');
    expect(presetVault({ vaults: [vault('a', true), vault('b', true)] }, null)).toBeNull();
    expect(namedPolicies(estate, facts('rsv-a').id.toUpperCase())).toHaveLength(1);
  });
});

describe('a new policy', () => {
  test('errors are shown on the form, with everything as it was typed', () => {
    const one = talk('new');
    one.clicks({ form: 'kind', name: 'x', kind: 'Standard', often: 'hourly-6', zone: 'UTC' });
    const first = one.card();
    expect(first.title).toBe('⚠️ Fix 2 fields to continue');
    expect(Object.keys(first.inputs)).toEqual(['name', 'kind', 'often', 'zone']);
    expect(first.inputs).toMatchObject({
      name: { value: 'x', label: expect.stringMatching(/^⚠️ Name · Use 3 to 150 letters/) },
      kind: { value: 'Standard', label: 'Policy type' },
      often: { value: 'hourly-6', label: expect.stringContaining('Only Enhanced runs several times a day') },
    });
    one.clicks({ form: 'kind', name: 'silver-30', kind: 'Standard', often: 'daily', zone: 'UTC' });
    expect(one.card().title).toBe('❓ A new policy in rsv-b');
    one.clicks({ form: 'rest', time: '01:00', daily: '3', weekly: 'four' });
    expect(one.next).toBe('shape');
    const card = one.card();
    expect(card.title).toBe('⚠️ Fix 2 fields to continue');
    expect(card.inputs).toMatchObject({
      daily: { value: '3', label: '⚠️ Days to keep daily backups · 7 to 9999.' },
      weekly: { value: 'four' },
      monthly: { value: '', label: 'Months to keep monthly backups' },
    });
    one.clicks({ form: 'rest', time: '01:00', daily: '30', weekly: '4' });
    expect(one.next).toBe('go');
  });

  test.each([
    ['daily', ['time', 'daily', 'weekly', 'monthly', 'yearly', 'snapshots']],
    ['weekly', ['days', 'time', 'weekly', 'monthly', 'yearly']],
    ['hourly-6', ['time', 'window', 'daily', 'weekly', 'monthly', 'yearly', 'snapshots']],
  ])('%s asks for its own fields on the second card, and Back keeps what was typed on both', (often, asked) => {
    const one = talk('new');
    expect(Object.keys(one.card().inputs)).toEqual(['name', 'kind', 'often', 'zone']);
    one.clicks({ form: 'kind', name: 'silver-30', kind: 'Enhanced', often, zone: 'UTC' });
    const { inputs, titles } = one.card();
    expect(Object.keys(inputs)).toEqual(asked);
    expect(inputs).toMatchObject({ time: { value: '01:00' }, monthly: { value: '' } });
    expect(titles).toEqual(['Continue', 'Back', 'Cancel']);
    one.back({ time: '02:30', monthly: '6' });
    expect(one.card().inputs).toMatchObject({
      name: { value: 'silver-30' },
      kind: { value: 'Enhanced' },
      often: { value: often },
    });
    one.clicks({ form: 'kind', name: 'silver-31', kind: 'Enhanced', often, zone: 'UTC' });
    const again = one.card().inputs;
    expect(again).toMatchObject({ time: { value: '02:30' }, monthly: { value: '6' } });
    if (asked.includes('daily')) expect(again['daily']!.value).toBe('');
  });

  test('another frequency keeps the common fields, and resets the rest', () => {
    const one = talk('new');
    one.clicks({ form: 'kind', name: 'silver-30', kind: 'Enhanced', often: 'daily', zone: 'UTC' });
    one.back({ time: '02:30', daily: '45', snapshots: '3' });
    one.clicks({ form: 'kind', name: 'silver-30', kind: 'Enhanced', often: 'hourly-6', zone: 'UTC' });
    expect(one.card().inputs).toMatchObject({
      time: { value: '02:30' },
      daily: { value: '45' },
      window: { value: '12' },
    });
    one.back({});
    one.clicks({ form: 'kind', name: 'silver-30', kind: 'Enhanced', often: 'weekly', zone: 'UTC' });
    one.clicks({ form: 'rest', time: '02:30', days: 'Sunday', weekly: '4' });
    expect(one.next).toBe('go');
    expect(one.known.shape).toMatchObject({ snapshotDays: 5, daily: null });
  });

  test('in plain words, then back to the form with the typed values', () => {
    const one = talk('new');
    one.clicks(sent({ ...filled, often: 'weekly', days: 'wo, vr', weekly: '8', monthly: '12', yearly: '7' }));
    const { text, titles } = one.card();
    for (const line of [
      'Create policy silver-30 in rsv-b?',
      'How often: every Wednesday and Friday 01:00 CET',
      'Time zone: Europe/Berlin (in Azure: W. Europe Standard Time)',
      'Weekly backups: 8 weeks, those of Wednesday and Friday',
      'Monthly backups: 12 months, those of the first Wednesday of a month',
      'Yearly backups: 7 years, those of the first Wednesday of January',
      'Snapshots for fast restores: 5 days',
      'az backup policy create --resource-group rg-backup --vault-name rsv-b',
    ])
      expect(text).toContain(line);
    expect(titles).toEqual(['Create this policy', 'Back to the form', 'Cancel']);
    one.back({});
    expect(one.card().title).toBe('❓ A new policy in rsv-b');
    expect(one.card().inputs).toMatchObject({ days: { value: 'wo, vr' }, weekly: { value: '8' } });
    one.back({});
    expect(one.card().inputs).toMatchObject({ name: { value: 'silver-30' }, often: { value: 'weekly' } });
  });

  test.each<[string, PolicyTarget, RegExp]>([
    ['a taken name', held({ ...goldShape, name: 'silver-30' }), /rsv-b already has a policy called silver-30/],
    ['a name that a policy for databases has', { ...free, held: { facts: null, body: {} } }, /already/],
    ['a full vault', { ...free, policies: 200 }, /has 200 policies/],
    ['a vault that went away', { ...free, vault: null }, /rsv-b no longer exists/],
  ])('%s is an error on the form, and nothing can be pressed', (_what, place, text) => {
    const one = talk('new', { place });
    one.clicks(sent(filled));
    expect(one.next).toBe('clear');
    expect(one.card().text).toMatch(text);
    expect(one.card().inputs['name']!.value).toBe('silver-30');
    expect(one.clicks({ go: 'new' })).toBe('not-offered');
  });

  test('the name is taken between card and click: nothing starts, and the form is still filled', () => {
    let place = free;
    const one = talk('new', { place: () => place });
    one.clicks(sent(filled));
    place = held({ ...goldShape, name: 'silver-30' });
    one.clicks({ go: 'new' });
    expect([one.started, one.next, one.because]).toEqual([null, 'clear', 'got-worse']);
    expect(one.card().inputs['name']!.value).toBe('silver-30');
  });

  test('the plan carries the whole body, and its digest with it', () => {
    const plans = ['30', '31'].map((daily) => {
      const one = talk('new');
      one.clicks(sent({ ...filled, daily }));
      expect(one.clicks({ go: 'change' })).toBe('not-offered');
      one.clicks({ go: 'new' });
      return policyDialog.plan!(one.started!);
    });
    const [plan, other] = plans;
    expect(plan!.parts.map(({ does }) => does)).toEqual(['create-policy']);
    expect(plan!.parts[0]).toMatchObject({
      does: 'create-policy',
      policyId: `${group}/rsv-b/backupPolicies/silver-30`,
      vaultName: 'rsv-b',
      body: { retentionPolicy: { dailySchedule: { retentionDuration: { count: 30 } } } },
    });
    expect(planDigest(plan!)).not.toBe(planDigest(other!));
  });
});

describe('a change', () => {
  const change = (form: PolicyForm, place: PolicyTarget | (() => PolicyTarget) = held()) => {
    const one = talk('change rsv-b/gold', { place });
    one.clicks(sent({ ...goldForm, ...form }));
    return one;
  };

  test('the form is prefilled with the policy; its name and kind can’t be changed', () => {
    const one = talk('change rsv-b/gold');
    const { inputs, text } = one.card();
    expect(Object.keys(inputs)).toEqual(['often', 'zone']);
    expect(text).toContain('The policy type is Standard');
    expect(inputs['zone']!.value).toBe('Europe/Berlin');
    one.clicks({ form: 'kind', often: 'daily', zone: 'Europe/Berlin' });
    expect(one.card().inputs).toMatchObject({
      daily: { value: '90' },
      weekly: { value: '52' },
    });
  });

  test('longer: each line before and after, one click', () => {
    const one = change({ daily: '120', time: '02:30', monthly: '12' });
    const { text, titles } = one.card();
    expect(text).toContain('Daily backups: 90 days → 120 days');
    expect(text).toContain('How often: every day 01:00 CET → every day 02:30 CET');
    expect(text).toContain('Monthly backups: none kept → 12 months');
    expect(text).toContain('3 protected VMs use it');
    expect(text).not.toContain('Weekly backups:');
    expect(titles[0]).toBe('Change this policy');
    one.clicks({ go: 'change' });
    expect(policyDialog.plan!(one.started!).parts[0]).toMatchObject({
      does: 'change-policy',
      before: held().held!.body,
      was: { daily: { count: 90 } },
    });
  });

  test('shorter: shown in bold, and confirmed again', () => {
    const one = change({ daily: '30', weekly: '' });
    const { text, raw } = one.card();
    expect(text).toContain('Shorter than now: daily backups 90 days → 30 days and weekly backups 52 weeks → none kept');
    expect(JSON.stringify(raw)).toMatch(/"text":"Shorter than now[^"]*","weight":"Bolder"/);
    one.clicks({ go: 'change' });
    expect([one.started, one.next]).toEqual([null, 'sure']);
    expect(one.card().title).toBe("⚠️ Keep backups for less time? This can't be undone");
    one.clicks({ sure: 'yes' });
    expect(one.started).not.toBeNull();
  });

  test.each<[string, PolicyForm, boolean]>([
    ['shorter', { daily: '30' }, true],
    ['fewer snapshots', { snapshots: '1' }, true],
    ['longer', { daily: '120' }, false],
  ])('under a Resource Guard, %s names its request: %j %s', (_what, form, isNamed) => {
    const place = {
      ...held(),
      guard: { request: '/guards/g/updateProtectionPolicyRequests/default' },
      guardOwners: { guard: 'g', who: ['Chris Meier'] },
    };
    const one = change(form, place);
    expect(one.next).toBe('go');
    expect(one.card().text.includes('Chris Meier can give it, on g.')).toBe(isNamed);
    one.clicks({ go: 'change' });
    if (one.next === 'sure') one.clicks({ sure: 'yes' });
    const [part] = planPolicy(one.started!).parts;
    const named = isNamed ? { resourceGuardOperationRequests: [place.guard.request] } : {};
    expect(part).toMatchObject({ body: named });
    if (!isNamed) expect((part as { body: object }).body).not.toHaveProperty('resourceGuardOperationRequests');
  });

  test('a Resource Guard that comes between card and click: nothing starts, and it is shown', () => {
    let place = held();
    const one = change({ snapshots: '1' }, () => place);
    place = { ...held(), guard: { request: '/guards/g/updateProtectionPolicyRequests/default' } };
    one.clicks({ go: 'change' });
    expect([one.started, one.next, one.because]).toEqual([null, 'go', 'got-worse']);
    expect(one.card().text).toContain('A Resource Guard protects');
  });

  test.each<[PolicyFacts['schedule'], PolicyShape['schedule'], boolean]>([
    [{ frequency: 'Daily', times: ['01:00'] }, { frequency: 'Weekly', times: ['01:00'], days: ['Sunday'] }, true],
    [
      { frequency: 'Weekly', times: ['01:00'], days: ['Sunday'] },
      { frequency: 'Weekly', times: ['01:00'], days: ['Sunday', 'Wednesday'] },
      false,
    ],
    [
      { frequency: 'Hourly', everyHours: 4, windowStart: '08:00', windowHours: 16 },
      { frequency: 'Hourly', everyHours: 4, windowStart: '08:00', windowHours: 12 },
      true,
    ],
    [{ frequency: 'Unknown' }, { frequency: 'Daily', times: ['01:00'] }, false],
  ])('a schedule counts as weaker where it is rarer: %j to %j: %s', (schedule, changed, isIt) => {
    expect(isWeaker({ ...facts('rsv-b'), schedule }, { ...goldShape, schedule: changed })).toBe(isIt);
  });

  test('shorter under immutability is refused beforehand, longer isn’t', () => {
    const place: PolicyTarget = { ...held(), vault: { immutability: 'Unlocked' } };
    const shorter = change({ daily: '30' }, place);
    expect(shorter.next).toBe('clear');
    expect(shorter.card().text).toMatch(/is immutable/);
    expect(shorter.card().text).toContain('daily backups 90 days → 30 days');
    expect(shorter.clicks({ go: 'change' })).toBe('not-offered');
    expect(change({ daily: '120' }, place).next).toBe('go');
  });

  test('an unchanged form says so', () => {
    const one = change({});
    expect(one.next).toBe('clear');
    expect(one.card().text).toContain('already has these settings');
  });

  test('somebody else changes it between card and click: nothing starts, the new difference is shown', () => {
    let place = held();
    const one = change({ daily: '120' }, () => place);
    place = held({ ...goldShape, daily: { count: 150, unit: 'Days' } });
    one.clicks({ go: 'change' });
    expect([one.started, one.next, one.because]).toEqual([null, 'go', 'got-worse']);
    const { text } = one.card();
    expect(text).toContain('Something changed after this card was posted');
    expect(text).toContain('daily backups 150 days → 120 days');
    one.clicks({ go: 'change' });
    expect(one.next).toBe('sure');
  });

  test('it is deleted between card and click', () => {
    let place = held();
    const one = change({ daily: '120' }, () => place);
    place = free;
    one.clicks({ go: 'change' });
    expect([one.started, one.next]).toEqual([null, 'clear']);
    expect(one.card().text).toContain('gold no longer exists');
  });
});

test.each([
  ['new rsv-a', 'create-policy', 'rsv-a'],
  ['change rsv-b/gold', 'change-policy', 'rsv-b'],
])('backup policy %s needs the right to %s in %s, from the form on', (typed, operation, vault) => {
  const target = { vault, resourceGroup: 'rg-backup', subscription: 's' };
  const offers = policyDialog.offers!(talk(typed).known, asksOf);
  const scope = `${group}/${vault}`;
  const azure = [{ scope, actions: ['Microsoft.RecoveryServices/Vaults/backupPolicies/write'] }];
  expect(offers.map(({ asks }) => asks)).toEqual([[{ operation, target, azure }]]);
});

test('a difference is shorter exactly where some layer loses time', () => {
  const count = fc.option(fc.integer({ min: 1, max: 100 }), { nil: null });
  const kept = fc.record({ daily: count, weekly: count, monthly: count, yearly: count });
  const units = { daily: 'Days', weekly: 'Weeks', monthly: 'Months', yearly: 'Years' } as const;
  const policyOf = (counts: Record<keyof typeof units, number | null>) => ({
    ...facts('rsv-a'),
    ...Object.fromEntries(
      Object.entries(counts).map(([layer, n]) => [
        layer,
        n === null ? null : { count: n, unit: units[layer as 'daily'] },
      ]),
    ),
  });
  fc.assert(
    fc.property(kept, kept, (one, other) => {
      const [was, shape] = [policyOf(one), policyOf(other) as PolicyFacts & PolicyShape];
      const lost = (Object.keys(units) as (keyof typeof units)[]).filter(
        (layer) => (one[layer] ?? 0) > (other[layer] ?? 0),
      );
      expect(shortened(was, shape)).toEqual(lost);
      expect(changedLines(was, shape)).toEqual(expect.arrayContaining([...lost]));
      expect(changedLines(was, { ...shape, ...goldShape, ...was, snapshotDays: 2 } as PolicyShape)).toEqual([]);
    }),
  );
});

test('no sequence of clicks starts a plan that wasn’t on the card', () => {
  const forms = fc.constantFrom<PolicyForm>(filled, { ...filled, daily: '3' }, { ...filled, name: 'b' }, {});
  const step = fc.oneof(
    forms.map((form) => sent(form)),
    fc.constantFrom<Record<string, string>>(
      { go: 'new' },
      { go: 'change' },
      { sure: 'yes' },
      { form: 'kind', name: 'silver-31', kind: 'Enhanced', often: 'hourly-4', zone: 'UTC' },
      { vault: `${group}/rsv-a` },
      { mode: 'change' },
      { mode: 'new' },
    ),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const one = talk('new');
      for (const fields of steps) {
        const shown = one.next === 'go' ? one.card().text : null;
        one.clicks(fields);
        if (!one.started) continue;
        expect(shown).toContain(`Create policy ${one.started.shape.name}`);
        expect(shown).toContain(JSON.stringify(policyBody(one.started.shape, null)));
        return;
      }
    }),
    { numRuns: 150 },
  );
});
