import type { PolicyFacts } from '../../azure/gateway.ts';
import { policyWords } from '../../message/policy-words.ts';
import { perVault, readVaults } from '../vaults-read.ts';
import { narrowed, narrowing, pageOf, type View } from '../view.ts';

type Row = { readonly vault: string; readonly policy: PolicyFacts };
type Policies = {
  readonly asked: string | null;
  readonly vaults: readonly string[];
  readonly rows: readonly Row[];
  readonly unread: readonly string[];
};

/** `backup policies [vault]`: every policy for VMs in plain words, with what it is for and how many VMs use it. */
export const policiesView: View<Policies> = {
  name: 'policies',
  query: async ([asked], ports) => {
    const all = await readVaults(ports);
    const vaults = asked ? all.filter((vault) => vault.name.toLowerCase() === asked.toLowerCase()) : all;
    const lists = await perVault(vaults, async (vault) =>
      (await ports.reads.policies(vault.id)).map((policy) => ({ vault: vault.name, policy })),
    );
    return {
      asked: asked ?? null,
      vaults: all.map((vault) => vault.name),
      rows: lists.read.flat(),
      unread: lists.unread,
    };
  },
  draw: (drawing) => {
    const { words, result, looking, readAt, now, button, pages } = drawing;
    const { say } = words;
    const narrow = narrowing(drawing, result.rows.length);
    const rows = narrowed(result.rows, looking.filter, (row) => `${row.vault} ${row.policy.name}`);
    const page = pageOf(rows, looking.page);
    const none = result.asked !== null && result.rows.length === 0;
    return {
      template: 'sheet',
      data: {
        mark: 'info',
        title: none
          ? say('policies.no-vault', { vault: result.asked ?? '' })
          : say('policies.title', { count: rows.length }),
        body: none
          ? [{ kind: 'text', text: say('policies.vaults', { vaults: result.vaults }) }]
          : page.rows.map((row) => ({
              kind: 'list' as const,
              items: [
                {
                  text: `${row.vault} · ${row.policy.name}`,
                  note: say('policies.row', {
                    what: policyWords(words, row.policy, now),
                    kind: row.policy.kind === 'Enhanced' ? say('policies.enhanced') : say('policies.standard'),
                    items: say('vaults.items', { count: row.policy.protectedItems }),
                  }),
                },
              ],
            })),
        inputs: narrow.inputs,
        buttons: [
          { title: say('policies.new'), verb: 'command', data: { command: newPolicy(result) }, withInputs: false },
          ...narrow.buttons,
          ...pages(page.pages),
          button({ title: say('button.check-again'), verb: 'again' }),
        ],
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

/** `backup policy new`, in the vault that was asked for where that is one. */
function newPolicy({ asked, vaults }: Policies): string {
  const vault = vaults.find((name) => name.toLowerCase() === asked?.toLowerCase());
  return vault ? `backup policy new ${vault}` : 'backup policy new';
}
