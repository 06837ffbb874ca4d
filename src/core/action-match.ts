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
  const [start = '', ...parts] = entry.toLowerCase().split('*');
  const asked = action.toLowerCase();
  const end = parts.pop();
  if (end === undefined) return asked === start;
  if (!asked.startsWith(start)) return false;
  let at = start.length;
  for (const part of parts) {
    const found = asked.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return asked.length - end.length >= at && asked.endsWith(end);
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
