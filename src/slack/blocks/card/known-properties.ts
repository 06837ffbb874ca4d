/**
 * What an Adaptive Card can contain to be translated without loss: the elements and actions, and for each the
 * properties that are translated or that only affect width, size or colour.
 */
import type { Node } from '../card-node.ts';
import { ownOf } from '../../../core/own-of.ts';

const element = ['type', 'id', 'isVisible', 'separator', 'spacing', 'height'];
const input = [...element, 'label', 'value', 'placeholder', 'isRequired', 'errorMessage'];
const action = ['type', 'id', 'title', 'style', 'mode', 'tooltip', 'isEnabled'];
const box = [...element, 'style', 'bleed', 'minHeight', 'verticalContentAlignment', 'horizontalAlignment'];

const known: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ['type', '$schema', 'version', 'lang', 'speak', 'fallbackText', 'msteams', 'body', 'actions'],
  TextBlock: [...element, 'text', 'size', 'weight', 'isSubtle', 'wrap', 'style', 'horizontalAlignment', 'fontType'],
  RichTextBlock: [...element, 'inlines', 'horizontalAlignment'],
  TextRun: ['type', 'text', 'fontType', 'weight', 'size', 'isSubtle', 'selectAction'],
  FactSet: [...element, 'facts'],
  Container: [...box, 'items'],
  ColumnSet: [...box, 'columns'],
  Column: [...box, 'items', 'width'],
  Table: [...element, 'columns', 'rows', 'firstRowAsHeader', 'showGridLines'],
  TableRow: ['type', 'cells'],
  TableCell: ['type', 'style', 'items'],
  ActionSet: [...element, 'actions', 'horizontalAlignment'],
  'Input.Text': [...input, 'isMultiline', 'maxLength', 'style'],
  'Input.Number': [...input, 'min', 'max'],
  'Input.Date': [...input, 'min', 'max'],
  'Input.Time': [...input, 'min', 'max'],
  'Input.Toggle': [...input, 'title', 'valueOn', 'valueOff', 'wrap'],
  'Input.ChoiceSet': [...input, 'choices', 'choices.data', 'isMultiSelect', 'style', 'wrap'],
  'Data.Query': ['type', 'dataset'],
  'Action.Execute': [...action, 'verb', 'data', 'associatedInputs'],
  'Action.Submit': [...action, 'data', 'associatedInputs'],
  'Action.OpenUrl': [...action, 'url'],
  'Action.ToggleVisibility': [...action, 'targetElements'],
};

/** Whether the translation knows this kind of element or action. */
export function isKnown(type: string): boolean {
  return Object.hasOwn(known, type);
}

/** The properties of a known element or action that the translation doesn't know: their content may be lost. */
export function unknownProperties(node: Node): readonly string[] {
  const properties = ownOf(known, String(node['type'])) ?? [];
  return Object.keys(node).filter((key) => !properties.includes(key));
}
