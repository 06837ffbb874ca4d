import type { Answer } from '../../bot/port.ts';
import { cardContent } from '../card-content.ts';

/** The body of the response to an Action.Execute. */
type ExecuteAnswer = { readonly statusCode: 200; readonly type: string; readonly value: unknown };

/**
 * The response to a press in Teams' format: another card for the person who pressed, or a line under the card. A
 * refusal is such a line too: how clients show Teams' own error type isn't documented, and a person has to be able to
 * read it.
 */
export function executeAnswer(answer: Answer): ExecuteAnswer {
  switch (answer.show) {
    case 'nothing':
      return message('');
    case 'text':
      return message(answer.text);
    case 'card':
    case 'form': {
      const content = cardContent(answer.drawn);
      return content === null ? message(answer.drawn.text) : card(content);
    }
  }
}

function message(text: string): ExecuteAnswer {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

function card(value: unknown): ExecuteAnswer {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
}
