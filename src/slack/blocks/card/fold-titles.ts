import { isNode, list, part, text, type Node } from '../card-node.ts';
import type { Json } from '../../../core/json.ts';

/** A card's folds: each element that is hidden until a button shows it, by its ID, with the title of that button. */
export function foldTitles(card: Node): ReadonlyMap<string, string> {
  const nodes = nodesIn(card);
  const hidden = new Set(
    nodes.filter((node) => node['isVisible'] === false && !isToggle(node)).map((node) => text(node, 'id')),
  );
  const folds = new Map<string, string>();
  for (const node of nodes.filter(({ type }) => type === 'Action.ToggleVisibility')) {
    // Slack shows its own icon before anything that can be expanded.
    const title = text(node, 'title').replace(/^▸\s*/u, '');
    for (const id of targetsOf(node)) if (hidden.has(id) && id !== '' && !folds.has(id)) folds.set(id, title);
  }
  return folds;
}

/** A part that only opens or closes a fold: Slack shows its own. */
export function isToggle(node: Node): boolean {
  return part(node, 'selectAction')?.['type'] === 'Action.ToggleVisibility';
}

function targetsOf(node: Node): readonly string[] {
  const targets = node['targetElements'];
  return (Array.isArray(targets) ? targets : []).map((each) => (isNode(each) ? text(each, 'elementId') : String(each)));
}

const opened = ['body', 'items', 'columns', 'actions'];

function nodesIn(value: Json | undefined): readonly Node[] {
  if (!isNode(value)) return [];
  const pressed = part(value, 'selectAction');
  return [value, ...(pressed ? [pressed] : []), ...opened.flatMap((key) => list(value, key).flatMap(nodesIn))];
}
