import type { PolicyFacts } from '../../azure/gateway.ts';
import { perVault, readVaults, type Unread } from '../../azure/partial-read.ts';
import type { Block } from '../../message/card-data.ts';
import { policyWords } from '../../message/policy-words.ts';
import { unreadBlocks, unreadTitle } from '../../message/unread-words.ts';
import type { Words } from '../../message/words.ts';
import { listMark, listTitle, type ListTitle } from '../list-title.ts';
import { filterOf, narrowed, narrowing, pageOf, showAll, type View } from '../view.ts';

/** How many policies fit above the buttons on a phone; the others of a page are in a fold. */
const rowsInSight = 4;

type Row = { readonly vault: string; readonly policy: PolicyFacts };
type Policies = {
  readonly asked: string | null;
  readonly vaults: readonly string[];
  readonly rows: readonly Row[];
  readonly unread: readonly Unread[];
};

/** `backup policies [vault]`: every policy for VMs in plain words, with its purpose and how many VMs use it. */
export const policiesView: View<Policies> = {
  name: 'policies',
  command: { word: 'policies', takes: 'words', help: [{ typed: 'policies', says: 'policies' }] },
  query: async ([asked], estate) => {
    const { read: all, unread } = await readVaults(estate.reads, estate.subscriptions);
    const vaults = asked ? all.filter((vault) => vault.name.toLowerCase() === asked.toLowerCase()) : all;
    const lists = await perVault(vaults, async (vault) =>
      (await estate.reads.policies(vault.id)).map((policy) => ({ vault: vault.name, policy })),
    );
    return {
      asked: asked ?? null,
      vaults: all.map((vault) => vault.name),
      rows: lists.read.flat(),
      // The requested vault is known, whatever else couldn't be listed.
      unread: asked && vaults.length > 0 ? lists.unread : [...unread, ...lists.unread],
    };
  },
  draw: (drawing) => {
    const { words, result, looking, readAt, now, button, pages } = drawing;
    const { say } = words;
    const narrow = narrowing(drawing, result.rows.length);
    const filter = filterOf('', looking);
    const rows = narrowed(result.rows, filter, (row) => `${row.vault} ${row.policy.name}`);
    const page = pageOf(rows, looking.page);
    const more = page.rows.slice(rowsInSight);
    const title = titleIn(words, result, { filter, count: rows.length });
    const none = isNoVault(result);
    const verdict = none ? noVaultTitle(words, result) : listTitle(words, title);
    return {
      template: 'sheet',
      data: {
        mark: listMark(title, 'info'),
        title: verdict,
        body: [
          ...(none
            ? [{ kind: 'text' as const, text: say('policies.vaults', { vaults: result.vaults }) }]
            : byVault(words, page.rows.slice(0, rowsInSight), now)),
          ...unreadBlocks(words, result.unread, verdict),
        ],
        inputs: narrow.inputs,
        buttons: [
          { title: say('policies.new'), verb: 'command', data: { command: newPolicy(result) }, withInputs: false },
          ...showAll(drawing, {
            asked: '',
            all: result.rows.length,
            command: 'backup policies',
            isWhole: title.unread.length === 0,
          }),
          ...narrow.buttons,
          ...pages(page.pages),
          button({ title: say('button.refresh'), verb: 'again' }),
        ],
        details: more.length > 0 ? [{ title: say('policies.more'), body: byVault(words, more, now) }] : [],
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

/** The policies under the name of their vault; what Enhanced means is said once. */
function byVault(words: Words, rows: readonly Row[], now: Date): Block[] {
  const { say } = words;
  const lists = [...Map.groupBy(rows, ({ vault }) => vault)].map(([heading, those]): Block => ({
    kind: 'list',
    heading,
    items: those.map((row) => lineOf(words, row, now)),
  }));
  const isTold = rows.some(({ policy }) => policy.kind === 'Enhanced');
  return isTold ? [...lists, { kind: 'text', text: say('policies.enhanced-is'), tone: 'quiet' }] : lists;
}

function lineOf(words: Words, { policy }: Row, now: Date) {
  const { say } = words;
  const note = say('policies.row', {
    what: policyWords(words, policy, now),
    kind: policy.kind === 'Enhanced' ? say('policies.enhanced') : say('policies.standard'),
    items: policy.protectedItems === 0 ? say('policies.unused') : say('vaults.items', { count: policy.protectedItems }),
  });
  return { text: policy.name, note };
}

/** `backup policy new`, in the requested vault if there is such a vault. */
function newPolicy({ asked, vaults }: Policies): string {
  const vault = vaults.find((name) => name.toLowerCase() === asked?.toLowerCase());
  return vault ? `backup policy new ${vault}` : 'backup policy new';
}

/** Whether the requested vault is none of those that could be listed. */
function isNoVault({ asked, vaults }: Policies): boolean {
  return asked !== null && !vaults.some((name) => name.toLowerCase() === asked.toLowerCase());
}

function noVaultTitle(words: Words, { asked, unread }: Policies): string {
  const hidden = unread.filter((one) => one.of === 'subscription');
  return hidden.length > 0
    ? words.say('unread.title', { unread: unreadTitle(words, hidden) })
    : words.say('policies.no-vault', { vault: asked ?? '' });
}

function titleIn(
  { say }: Words,
  { asked, rows: { length: all }, unread }: Policies,
  { filter, count }: { filter: string; count: number },
): ListTitle {
  const title = say('policies.title', { count: all });
  const whole = asked === null ? title : say('policies.title-of', { title, vault: asked });
  return { whole, what: say('policies.what'), all, count, filter, unread };
}
