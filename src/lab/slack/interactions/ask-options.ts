import type { EmulatorParts } from '../emulator-parts.ts';
import { fieldsOf, listOf, textOf, type Fields } from '../fields.ts';
import { optionsOf, type SlackInput } from '../payload/input-state.ts';
import { interactionOf, interactionRequest } from './payloads.ts';
import type { Forgery } from '../payload/sign.ts';
import type { BotAnswer } from '../slack-line.ts';
import { placeFields, type Surface } from './surface.ts';

/** The bot's options for what was typed; none if Slack wouldn't show its answer. */
export async function askOptions(
  parts: EmulatorParts,
  surface: Surface,
  { input, value, forgery }: { input: SlackInput; value: string; forgery?: Forgery | undefined },
): Promise<{ options: Fields[]; groups: Fields[]; problems: string[]; bot: BotAnswer }> {
  const { blockId: block_id, actionId: action_id } = input;
  const payload = {
    type: 'block_suggestion',
    ...interactionOf(parts, surface.person),
    ...placeFields(parts, surface),
    action_id,
    block_id,
    value,
  };
  const bot = await parts.line.send(interactionRequest(payload), { ...(forgery && { forgery }) });
  const answer = fieldsOf(bot.body);
  const problems = problemsOf(bot, answer);
  const groups = listOf(answer['option_groups']);
  return { options: problems.length > 0 ? [] : optionsOf(answer), groups, problems, bot };
}

function problemsOf(bot: BotAnswer, answer: Fields): string[] {
  if (bot.status !== 200) return [`the bot answered ${bot.status}`];
  const [options, groups] = [answer['options'], answer['option_groups']];
  if (!Array.isArray(options) && !Array.isArray(groups)) return ['the answer has neither options nor option_groups'];
  const all = optionsOf(answer);
  const problems =
    listOf(options).length > 100 || listOf(groups).length > 100 ? ['no more than 100 options allowed'] : [];
  const isLong = (text: string) => text === '' || [...text].length > 75;
  const wrong = all.filter((each) => isLong(textOf(fieldsOf(each['text'])['text'])) || isLong(textOf(each['value'])));
  return wrong.length > 0 ? [...problems, 'texts and values have 1 to 75 characters'] : problems;
}
