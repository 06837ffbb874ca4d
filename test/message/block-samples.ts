/**
 * A card for every kind of block, of input and of the parts around them, in each form that is drawn in its own way.
 * What a golden file keeps of it is in `golden.test.ts` and `test/slack/blocks/golden.test.ts`.
 */
import type { Block, Button, CardMessage, Input, Mark, SheetData } from '../../src/message/card-data.ts';
import { withInstant } from '../../src/message/timed-text.ts';

type Samples = Readonly<Record<string, CardMessage>>;
type Of<Kinds extends { kind: string }, K> = Readonly<Record<string, Extract<Kinds, { kind: K }>>>;

const sheet = (data: Partial<SheetData>): CardMessage => ({
  template: 'sheet',
  data: { mark: 'info', title: 'A card', ...data },
});

/** The samples of a table of values by their names. */
function each<T>(values: Readonly<Record<string, T>>, card: (value: T) => CardMessage): Samples {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, card(value)]));
}

const at = new Date('2026-11-24T02:19:00Z');
const time = `Since ${withInstant(at, 'time', '03:19')}, on ${withInstant(at, 'both', '24 Nov 03:19')}`;
const press = (title: string, more: Partial<Button> = {}): Button => ({
  title,
  verb: 'submit',
  data: { dialog: '7c1d4f50', revision: 3 },
  ...more,
});

const blocks: { readonly [K in Block['kind']]: Of<Block, K> } = {
  text: {
    normal: { kind: 'text', text: 'Nothing was changed.' },
    strong: { kind: 'text', text: 'Nothing was changed.', tone: 'strong' },
    quiet: { kind: 'text', text: 'Nothing was changed.', tone: 'quiet' },
    'with signs': { kind: 'text', text: '- *vm_01* <!here> & [x](https://x) ${y} `z`' },
    'with times': { kind: 'text', text: time },
    'with nothing': { kind: 'text', text: ' ' },
  },
  facts: {
    plain: { kind: 'facts', facts: [{ title: 'Policy', value: 'gold' }] },
    'with signs, a time and no value': {
      kind: 'facts',
      facts: [
        { title: 'VM', value: 'vm_sql*01' },
        { title: 'Time', value: time },
        { title: 'Region', value: '' },
      ],
    },
  },
  list: {
    plain: { kind: 'list', items: [{ text: 'vm-01' }, { text: 'vm_02*' }] },
    'with heading and notes': { kind: 'list', heading: 'Left out', items: [{ text: 'vm-01', note: time }] },
    numbered: { kind: 'list', ordered: true, items: [{ text: 'Look' }, { text: 'Save', note: 'once' }] },
  },
  rows: {
    plain: { kind: 'rows', rows: [{ text: 'vm-01' }] },
    'with heading, note and button': {
      kind: 'rows',
      heading: 'Affected',
      rows: [
        { text: 'vm-01', note: 'rg-app', button: press('Fix', { about: 'vm-01', withInputs: false }) },
        { text: 'vm_02*', note: time, button: press('Delete', { about: 'vm-02', style: 'destructive' }) },
      ],
    },
  },
  steps: {
    'in every state': {
      kind: 'steps',
      steps: (['done', 'now', 'next', 'failed', 'skipped', 'warn', 'unknown'] as const).map((state) => ({
        state,
        text: `Step_${state}`,
      })),
    },
    'with notes': { kind: 'steps', steps: [{ state: 'now', text: 'Back up', note: time }] },
  },
  table: {
    'in every tone': {
      kind: 'table',
      head: ['VM', 'Last backup'],
      rows: [
        [{ text: 'vm-01', tone: 'good' }, { text: 'today' }],
        [{ text: 'vm_02*', tone: 'attention' }, { text: '' }],
        [{ text: 'vm-03', tone: 'emphasis' }],
      ],
    },
  },
  code: {
    plain: { kind: 'code', lines: ['az vm show --name vm-01'] },
    'with caption and signs': {
      kind: 'code',
      caption: 'Then:',
      lines: ["az vm list --query '[0]' *", 'echo `id` ${x}'],
    },
  },
};

const choices = [
  { title: 'West_Europe*', value: 'weu' },
  { title: 'North Europe', value: 'neu' },
];
const long = [{ title: `${'a long name '.repeat(7)}· ${'and its place '.repeat(7)}`, value: 'x'.repeat(100) }];
const many = Array.from({ length: 101 }, (_, index) => ({ title: `vm-${index}`, value: `id-${index}` }));
const region = { kind: 'pick', id: 'region', label: 'Region' } as const;
const reason = { kind: 'text', id: 'reason', label: 'Reason' } as const;
const until = { kind: 'date', id: 'until', label: 'Until' } as const;

const inputs: { readonly [K in Input['kind']]: Of<Input, K> } = {
  pick: {
    plain: { ...region, choices },
    preset: { ...region, choices, value: 'neu', required: 'Choose one.' },
    'required and rejected': { ...region, choices, required: 'Choose one.', error: 'It is gone.', placeholder: 'Any' },
    expanded: { ...region, choices, style: 'expanded', value: 'weu' },
    filtered: { ...region, choices, style: 'filtered' },
    searched: { ...region, choices, style: 'filtered', search: 'regions', value: 'weu' },
    'searched, with more than fit': { ...region, choices: many, search: 'vms', value: 'id-100' },
    'with a long choice': { ...region, choices: [...choices, ...long] },
  },
  picks: {
    plain: { kind: 'picks', id: 'disks', label: 'Disks', choices, values: [] },
    ticked: { kind: 'picks', id: 'disks', label: 'Disks', choices, values: ['weu', 'neu', 'gone'] },
  },
  text: {
    plain: reason,
    'filled in and required': { ...reason, value: 'CHG_1*', required: 'Say why.', placeholder: 'CHG…', maxLength: 20 },
    'of several lines, rejected': { ...reason, value: 'a\nb', multiline: true, error: 'Too short.' },
  },
  date: { plain: until, preset: { ...until, value: '2026-12-01', required: 'Say when.', error: 'In the past.' } },
  toggle: {
    on: { kind: 'toggle', id: 'now', title: 'Back up now', on: true },
    off: { kind: 'toggle', id: 'now', title: 'Back up now', on: false },
  },
};

const marks: readonly Mark[] = [
  ...(['ok', 'warn', 'block', 'key', 'busy', 'failed', 'stopped', 'info', 'ask', 'unknown'] as const),
];

const verdict: Samples = {
  ...Object.fromEntries(marks.map((mark) => [mark, sheet({ mark, title: `A *verdict* is ${mark}` })])),
  'with what is around it': sheet({
    title: 'vm_01 is ready',
    subtitle: `rg-app · ${time}`,
    why: 'Nothing *stops* it.',
    note: `It costs nothing. ${time}`,
    line: 'gold · rsv_prod',
    buttons: [press('Back up', { style: 'positive' })],
  }),
};

const sets: Readonly<Record<string, readonly Button[]>> = {
  'in every style': [
    press('First', { style: 'positive' }),
    press('Second', { style: 'positive' }),
    press('Delete', { style: 'destructive', about: 'vm_01' }),
    press('Cancel', { withInputs: false }),
  ],
  'one that asks first': [press('Delete', { style: 'destructive', asksFirst: true, about: 'Its *points* go.' })],
  'one behind': [press('Look'), press('Stop', { behind: true })],
  'several behind': [press('Look'), press('Stop', { behind: true }), press('Resume', { behind: true, verb: 'resume' })],
  'with a long title': [press('a long title '.repeat(7).trim(), { about: 'b '.repeat(30) })],
};

const links = [
  { title: 'The [portal]', url: 'https://portal.azure.com/#x(1)' },
  { title: 'Help', url: 'https://learn.microsoft.com/a_b?c=d&e=f' },
];
const lastLine: Readonly<Record<string, Partial<SheetData>>> = {
  sentence: { footer: 'Asked by Ana de Vries.' },
  words: { footer: 'Job *123*', links },
  'sentence with links': { footer: 'Asked by Ana de Vries.', links },
  links: { links },
};

const sections = Object.entries(blocks).map(([title, samples]) => ({ title, body: Object.values(samples) }));
const details: Readonly<Record<string, SheetData['details']>> = {
  ...Object.fromEntries(sections.map((section) => [`with ${section.title}`, [section]])),
  'with more than a container has room for': sections.filter(({ title }) => title !== 'rows'),
  'with nothing': [{ title: 'Nothing', body: [] }],
};

const typed: readonly Input[] = [
  { ...reason, required: 'Say why.' },
  { ...until, value: '2026-12-01' },
  inputs.toggle['on'] as Input,
];
const form: Readonly<Record<string, Partial<SheetData>>> = {
  'sent in one way': { inputs: [...typed], buttons: [press('Continue', { style: 'positive' })], why: 'Tell more.' },
  'sent in several ways': { inputs: [...typed], buttons: [press('Save'), press('Save and back up')] },
  'that destroys': { inputs: [...typed], buttons: [press('Delete all of it', { style: 'destructive' })] },
};

const row = (index: number) => ({ value: `vm-${index}`, name: `vm_${index}`, description: index > 1 ? 'rg-app' : '' });
const choose = (count: number): CardMessage => ({
  template: 'choose',
  data: {
    ...{ mark: 'ask', title: 'Which VM?', text: 'Two have that name.', id: 'vm', label: 'VM', verb: 'submit' },
    ...{ data: { revision: 1 }, button: 'Choose', required: 'Choose one.', search: 'vms', footer: 'Of 9.' },
    rows: Array.from({ length: count }, (_, index) => row(index + 1)),
    more: [press('Cancel', { withInputs: false })],
  },
});

const notice: CardMessage = {
  template: 'notice',
  data: { mark: 'info', title: 'Noted', text: ['First.', 'Second.', 'Third.'], buttons: [press('Look')], links },
};

const ofBlocks = Object.entries<Readonly<Record<string, Block>>>(blocks).map(
  ([kind, values]) => [kind, each(values, (block) => sheet({ body: [block] }))] as const,
);
const ofInputs = Object.entries<Readonly<Record<string, Input>>>(inputs).map(
  ([kind, values]) =>
    [`input-${kind}`, each(values, (one) => sheet({ inputs: [one], buttons: [press('Send')] }))] as const,
);

/** By kind, and for each kind by form: what has that and little else. */
export const blockSamples: Readonly<Record<string, Samples>> = {
  ...Object.fromEntries([...ofBlocks, ...ofInputs]),
  verdict,
  buttons: each(sets, (buttons) => sheet({ buttons: [...buttons] })),
  details: each(details, (shown) => sheet({ details: shown })),
  form: each(form, sheet),
  'last-line': each(lastLine, sheet),
  'short-forms': { 'few to choose from': choose(2), 'many to choose from': choose(6), notice },
};
