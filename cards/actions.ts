/** The buttons of a card, and the question before the one that destroys something. */
import type { Button } from '../src/message/card-data.ts';
import { markdown, plain, type Markdown } from '../src/message/escape.ts';
import type { Limits } from '../src/message/limits.ts';
import { textBlock, type Action, type Element, type ExecuteAction } from './elements.ts';

/** Teams shows six actions in a row; the others go behind its `…`. */
const shownActions = 6;

/** Buttons in order. A card has one primary button: a second one marked so is rendered as an ordinary one. */
export function actionsOf(buttons: readonly Button[], limits: Limits): readonly ExecuteAction[] {
  const primary = buttons.find(({ style }) => style === 'positive');
  return buttons.slice(0, limits.actions).map((button, index) => ({
    type: 'Action.Execute',
    title: plain(button.title, limits.label),
    tooltip: button.about === undefined ? '' : plain(`${button.title}: ${button.about}`, limits.label),
    verb: button.verb,
    data: button.data,
    style: button.style === 'positive' && button !== primary ? 'default' : (button.style ?? 'default'),
    mode: button.behind || index >= shownActions ? 'secondary' : 'primary',
    associatedInputs: button.withInputs === false ? 'none' : 'auto',
  }));
}

/** The row of buttons. The first that asks before it acts only opens its question, which has the button that acts. */
export function buttonRow(buttons: readonly Button[] = [], limits: Limits): readonly Element[] {
  const actions = actionsOf(buttons, limits);
  if (actions.length === 0) return [];
  const questions = buttons.map((button) => questionOf(button, limits));
  const asking = actions.findIndex((_, at) => questions[at] !== '');
  const action = actions[asking];
  if (action === undefined) return [{ type: 'ActionSet', actions: [...actions] }];
  return [
    { type: 'ActionSet', actions: [...actions.toSpliced(asking, 1), opening(action)] },
    {
      type: 'Container',
      id: 'sure',
      isVisible: false,
      items: [
        textBlock(questions[asking] as Markdown),
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

function questionOf({ asksFirst, style, about }: Button, limits: Limits): Markdown {
  return markdown((asksFirst && style === 'destructive' && about) || '', limits.text);
}
