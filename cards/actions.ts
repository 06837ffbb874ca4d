/** The buttons of a card, and the question before the one that destroys something. */
import type { Button } from '../src/message/card-data.ts';
import { markdown } from '../src/message/escape.ts';
import type { Limits } from '../src/message/limits.ts';
import { shownRow, type ShownButton } from '../src/message/rendering/shown-buttons.ts';
import { textBlock, type Action, type Element, type ExecuteAction } from './elements.ts';

/** A button as its action. */
export const actionOf = ({ title, tooltip, verb, data, style, behind, withInputs }: ShownButton): ExecuteAction => ({
  type: 'Action.Execute',
  title,
  tooltip,
  verb,
  data,
  style,
  mode: behind ? 'secondary' : 'primary',
  associatedInputs: withInputs ? 'auto' : 'none',
});

/** The row of buttons. The first that asks before it acts only opens its question, which has the button that acts. */
export function buttonRow(of: readonly Button[] | undefined, limits: Limits): readonly Element[] {
  const { buttons, asks } = shownRow(of, limits);
  const actions = buttons.map(actionOf);
  if (!asks) return actions.length > 0 ? [{ type: 'ActionSet', actions }] : [];
  const action = actionOf(asks.button);
  return [
    { type: 'ActionSet', actions: [...actions, opening(action)] },
    {
      type: 'Container',
      id: 'sure',
      isVisible: false,
      items: [
        textBlock(markdown(asks.question, limits.text)),
        { type: 'ActionSet', actions: [{ ...action, mode: 'primary' }] },
      ],
    },
  ];
}

const opening = ({ title, tooltip, style, mode }: ExecuteAction): Action => ({
  type: 'Action.ToggleVisibility',
  title: `${title}…`,
  tooltip,
  style,
  mode,
  targetElements: ['sure'],
});
