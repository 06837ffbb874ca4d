import type { VaultFacts } from '../../azure/gateway.ts';
import { perVault, readVaults, type Unread } from '../../azure/partial-read.ts';
import { regionName } from '../../message/wording/region-names.ts';
import { vaultWords } from '../../message/vault-words.ts';
import type { Words } from '../../message/words.ts';
import { unreadBlocks } from '../../message/unread-words.ts';
import { listMark, listTitle, type ListTitle } from '../list-title.ts';
import { filterOf, narrowed, pageOf, showAll, type View } from '../view.ts';

type Row = Pick<
  VaultFacts,
  'id' | 'name' | 'resourceGroup' | 'region' | 'redundancy' | 'immutability' | 'multiUserAuthorization'
> & {
  readonly softDeleteDays: number | null;
  readonly items: number | null;
};
type Vaults = {
  readonly asked: string;
  readonly rows: readonly Row[];
  /** Subscriptions whose vaults couldn't be listed. */
  readonly unlisted: readonly Unread[];
  /** Vaults whose protected items couldn't be read. */
  readonly unread: readonly Unread[];
};

/** `backup vaults [words]`: the Recovery Services vaults, their guarantees, and how many protected items they have. */
export const vaultsView: View<Vaults> = {
  name: 'vaults',
  command: { word: 'vaults', takes: 'words', help: [{ typed: 'vaults', says: 'vaults' }] },
  query: async (asked, estate) => {
    const { read: vaults, unread: unlisted } = await readVaults(estate.reads, estate.subscriptions);
    const counted = await perVault(vaults, async (vault) => ({
      id: vault.id,
      items: (await estate.reads.protectedItems(vault.id)).length,
    }));
    const items = new Map(counted.read.map((one) => [one.id, one.items]));
    const rows = vaults.map((vault) => rowOf(vault, items.get(vault.id) ?? null));
    return { asked: asked.join(' '), rows, unlisted, unread: counted.unread };
  },
  draw: (drawing) => {
    const { words, result, looking, readAt, button, pages } = drawing;
    const { say } = words;
    const filter = filterOf(result.asked, looking);
    const rows = narrowed(result.rows, filter, (row) => `${row.name} ${row.resourceGroup} ${row.region}`);
    const page = pageOf(rows, looking.page);
    const title = titleIn(words, result, { filter, count: rows.length });
    return {
      template: 'sheet',
      data: {
        mark: listMark(title, 'info'),
        title: listTitle(words, title),
        body: [
          { kind: 'rows', rows: page.rows.map((row) => lineOf(words, row)) },
          ...unreadBlocks(words, [...result.unlisted, ...result.unread], listTitle(words, title)),
        ],
        buttons: [
          ...showAll(drawing, {
            asked: result.asked,
            all: result.rows.length,
            command: 'backup vaults',
            isWhole: title.unread.length === 0,
          }),
          ...pages(page.pages),
          button({ title: say('button.refresh'), verb: 'again' }),
        ],
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

function titleIn(
  { say }: Words,
  { rows: { length: all }, unlisted: unread }: Vaults,
  { filter, count }: { filter: string; count: number },
): ListTitle {
  return { whole: say('vaults.title', { count: all }), what: say('vaults.what'), all, count, filter, unread };
}

function lineOf(words: Words, row: Row) {
  const { say } = words;
  const note = say('vaults.row', {
    region: regionName(row.region),
    what: vaultWords(words, row),
    items: row.items === null ? say('vaults.unread') : say('vaults.items', { count: row.items }),
  });
  const button = {
    title: say('vaults.policies'),
    about: row.name,
    verb: 'command',
    data: { command: `backup policies ${row.name}` },
    withInputs: false,
  };
  return { text: row.name, note, button };
}

function rowOf(vault: VaultFacts, items: number | null): Row {
  const { id, name, resourceGroup, region, redundancy, immutability, multiUserAuthorization, softDelete } = vault;
  const softDeleteDays = softDelete.days;
  return { id, name, resourceGroup, region, redundancy, immutability, multiUserAuthorization, softDeleteDays, items };
}
