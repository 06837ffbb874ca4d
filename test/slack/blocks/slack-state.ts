/** What Slack sends about a message's inputs: the state of each element, preset or as filled in. */
import type { Translated } from '../../../src/slack/blocks/translation.ts';
import { inputsIn } from './shown-in-slack.ts';

type Node = { readonly [key: string]: unknown };

/** A change of an input: a text, or a choice of options by index. */
export type Interaction = { readonly typed: string } | { readonly picked: readonly number[] };

function stateOf(element: Node, interaction: Interaction | undefined): Node {
  const type = String(element['type']);
  const typed = interaction && 'typed' in interaction ? interaction.typed || null : undefined;
  const options = element['options'] as readonly Node[] | undefined;
  const picked =
    interaction && 'picked' in interaction ? interaction.picked.map((at) => options?.[at]).filter(Boolean) : undefined;
  switch (type) {
    case 'datepicker':
      return { type, selected_date: typed === undefined ? (element['initial_date'] ?? null) : typed };
    case 'timepicker':
      return { type, selected_time: typed === undefined ? (element['initial_time'] ?? null) : typed };
    case 'static_select':
    case 'radio_buttons':
    case 'external_select':
      return { type, selected_option: picked ? (picked[0] ?? null) : (element['initial_option'] ?? null) };
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: picked ?? element['initial_options'] ?? [] };
    default:
      return { type, value: typed === undefined ? (element['initial_value'] ?? null) : typed };
  }
}

/** `state.values` of a message or a modal after these changes, by the `action_id`s of its inputs. */
export function slackState(translated: Translated, interactions: Readonly<Record<string, Interaction>> = {}) {
  const values: Record<string, Record<string, Node>> = {};
  for (const { blockId, element } of inputsIn(translated)) {
    const id = String(element['action_id']);
    values[blockId] = { ...values[blockId], [id]: stateOf(element, interactions[id]) };
  }
  return values;
}
