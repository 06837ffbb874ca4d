import { keyOfId } from '../../core/arm-id.ts';
import type { VmEntry } from '../../azure/gateway.ts';
import type { Block } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import { assess } from '../../readiness/assess.ts';
import { gatherMany } from '../../readiness/gather-many.ts';
import { perVault, readVaults } from '../vaults-read.ts';
import { buttonsOf, narrowed, narrowing, pageOf, type View, type ViewPorts } from '../view.ts';

type Row = {
  readonly name: string;
  readonly group: string;
  readonly state: 'ready' | 'access' | 'blocked' | 'unread';
  readonly why: Why | null;
};
type Why = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number | boolean | readonly string[]>>;
};
type Unprotected = { readonly rows: readonly Row[]; readonly unread: readonly string[]; readonly beyond: number };

const mostRead = 50;
const buttonsShown = 3;
const order = ['access', 'ready', 'blocked', 'unread'] as const;

/**
 * `backup unprotected [words]`: VMs that no Recovery Services vault protects, with what stands in the way of each. Words
 * narrow them down by name, group and region before any is looked at, so that in a large estate each can be reached.
 */
export const unprotectedView: View<Unprotected> = {
  name: 'unprotected',
  query: async (asked, ports) => {
    const items = await perVault(await readVaults(ports), (vault) => ports.reads.protectedItems(vault.id));
    const held = new Set(items.read.flat().map((item) => keyOfId(item.vmId)));
    const all = narrowed(await ports.vms(), asked.join(' '), (vm) => `${vm.name} ${vm.resourceGroup} ${vm.region}`);
    const open = all.filter((vm) => !held.has(keyOfId(vm.id)));
    const rows = await judged(open.slice(0, mostRead), ports);
    return { rows, unread: items.unread, beyond: Math.max(0, open.length - mostRead) };
  },
  draw: (drawing) => {
    const { words, result, looking, readAt, button, pages } = drawing;
    const { say } = words;
    const narrow = narrowing(drawing, result.rows.length);
    const rows = narrowed(result.rows, looking.filter, (row) => `${row.name} ${row.group} ${row.state}`);
    const page = pageOf(
      [...rows].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
      looking.page,
    );
    const ready = result.rows.filter((row) => row.state === 'ready').map((row) => `${row.group}/${row.name}`);
    const together = ready.length > 1 ? [openAll(words, ready)] : [];
    const single = page.rows.slice(0, buttonsShown).map((row) => ({
      title: say('button.open-vm', { vm: row.name }),
      verb: 'command',
      data: { command: `backup ${row.group}/${row.name}` },
      withInputs: false,
    }));
    return {
      template: 'sheet',
      data: {
        mark: result.rows.length > 0 ? 'warn' : 'ok',
        title: say('unprotected.title', { count: result.rows.length + result.beyond }),
        corner: page.pages > 1 ? say('view.page', { page: page.page, pages: page.pages }) : undefined,
        body: [...order.flatMap((state) => groupOf(words, page.rows, state)), ...notes(words, result)],
        inputs: narrow.inputs,
        buttons: buttonsOf(
          [...together, ...single],
          [...narrow.buttons, ...pages(page.pages), button({ title: say('button.check-again'), verb: 'again' })],
        ),
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

async function judged(vms: readonly VmEntry[], { reads, readiness, now }: ViewPorts): Promise<Row[]> {
  const asks = vms.map((vm) => ({ vmId: vm.id, subscription: vm.subscription, region: vm.region }));
  const readings = await gatherMany(reads, { vms: asks, ...readiness, now });
  return readings.map((reading, index): Row => {
    const assessment = assess(reading, readiness.rules);
    const { name, resourceGroup } = vms[index] as VmEntry;
    const block = assessment.findings.find((finding) => finding.verdict === 'block');
    const state = {
      fixable: 'access',
      blocked: 'blocked',
      unknown: 'unread',
      ready: 'ready',
      'ready-with-warnings': 'ready',
    } as const;
    const why = block ? { code: block.code, params: block.params } : null;
    return { name, group: resourceGroup, state: state[assessment.verdict], why };
  });
}

function groupOf(words: Words, rows: readonly Row[], state: Row['state']): Block[] {
  const mine = rows.filter((row) => row.state === state);
  if (mine.length === 0) return [];
  const items = mine.map((row) => ({
    text: row.name,
    note: row.why ? `${row.group} · ${words.finding(row.why).title}` : row.group,
  }));
  return [{ kind: 'list', heading: words.say(`unprotected.${state}`, { count: mine.length }), items }];
}

function openAll({ say }: Words, names: readonly string[]) {
  const command = `backup ${names.slice(0, 10).join(' ')}`;
  return {
    title: say('unprotected.together', { count: Math.min(10, names.length) }),
    verb: 'command',
    data: { command },
    withInputs: false,
  };
}

function notes({ say }: Words, result: Unprotected): Block[] {
  const unread: Block[] =
    result.unread.length > 0 ? [{ kind: 'text', text: say('view.unread', { vaults: result.unread }) }] : [];
  const beyond: Block[] =
    result.beyond > 0 ? [{ kind: 'text', text: say('unprotected.beyond', { count: result.beyond }) }] : [];
  return [...unread, ...beyond];
}
