/**
 * Whether roles allow an action: entries hold wildcards, compare without case, and exceptions
 * count within their own entry only.
 */

/** What one block of a role allows. */
export type ActionBlock = {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
};

/**
 * Whether one entry (`Microsoft.KeyVault/vaults/*`) covers an action. A wildcard stands for any text, slashes included.
 */
export function covers(entry: string, action: string): boolean {
  const parts = entry.toLowerCase().split('*').map(escape);
  return new RegExp(`^${parts.join('.*')}$`, 's').test(action.toLowerCase());
}

/** Whether these blocks together allow a dataAction: in at least one it is given and not taken out again. */
export function allowsData(
  blocks: readonly Pick<ActionBlock, 'dataActions' | 'notDataActions'>[],
  action: string,
): boolean {
  return blocks.some((block) => given(block.dataActions, block.notDataActions, action));
}

/** The same for actions of the control plane. */
export function allowsAction(blocks: readonly Pick<ActionBlock, 'actions' | 'notActions'>[], action: string): boolean {
  return blocks.some((block) => given(block.actions, block.notActions, action));
}

function given(entries: readonly string[], except: readonly string[], action: string): boolean {
  return entries.some((entry) => covers(entry, action)) && !except.some((entry) => covers(entry, action));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
