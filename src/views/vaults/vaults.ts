import type { VaultFacts } from '../../azure/gateway.ts';
import { regionName } from '../../message/region-names.ts';
import { vaultWords } from '../../message/vault-words.ts';
import { perVault, readVaults } from '../vaults-read.ts';
import { narrowed, pageOf, type View } from '../view.ts';

type Row = Pick<
  VaultFacts,
  'id' | 'name' | 'resourceGroup' | 'region' | 'redundancy' | 'immutability' | 'multiUserAuthorization'
> & {
  readonly softDeleteDays: number | null;
  readonly items: number | null;
};
type Vaults = { readonly rows: readonly Row[] };

/** `backup vaults`: the Recovery Services vaults, what they promise, and how many protected items they hold. */
export const vaultsView: View<Vaults> = {
  name: 'vaults',
  query: async (_, ports) => {
    const vaults = await readVaults(ports);
    const counted = await perVault(vaults, async (vault) => ({
      id: vault.id,
      items: (await ports.reads.protectedItems(vault.id)).length,
    }));
    const items = new Map(counted.read.map((one) => [one.id, one.items]));
    return { rows: vaults.map((vault) => rowOf(vault, items.get(vault.id) ?? null)) };
  },
  draw: ({ words, result, looking, readAt, button, pages }) => {
    const { say } = words;
    const rows = narrowed(result.rows, looking.filter, (row) => `${row.name} ${row.resourceGroup} ${row.region}`);
    const page = pageOf(rows, looking.page);
    return {
      template: 'sheet',
      data: {
        mark: 'info',
        title: say('vaults.title', { count: rows.length }),
        body: page.rows.map((row) => ({
          kind: 'list' as const,
          items: [
            {
              text: row.name,
              note: say('vaults.row', {
                region: regionName(row.region),
                what: vaultWords(words, row),
                items: row.items === null ? say('vaults.unread') : say('vaults.items', { count: row.items }),
              }),
            },
          ],
        })),
        buttons: [
          ...page.rows.slice(0, 3).map((row) => ({
            title: say('vaults.policies', { vault: row.name }),
            verb: 'command',
            data: { command: `backup policies ${row.name}` },
            withInputs: false,
          })),
          ...pages(page.pages),
          button({ title: say('button.check-again'), verb: 'again' }),
        ],
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

function rowOf(vault: VaultFacts, items: number | null): Row {
  const { id, name, resourceGroup, region, redundancy, immutability, multiUserAuthorization, softDelete } = vault;
  const softDeleteDays = softDelete.days;
  return { id, name, resourceGroup, region, redundancy, immutability, multiUserAuthorization, softDeleteDays, items };
}
