import { z } from 'zod';
import { askOptions } from './ask-options.ts';
import { fail, type ControlAnswer } from '../control-answer.ts';
import type { EmulatorParts } from '../emulator-parts.ts';
import { textOf } from '../fields.ts';
import { inputsOf, isCalled } from '../payload/input-state.ts';
import { forgerySchema } from '../payload/sign.ts';
import { surfaceFields, surfaceOf } from './surface.ts';

/** Somebody types into a menu whose options come from the bot. */
export const suggestSchema = z.strictObject({
  ...surfaceFields,
  action: z.string(),
  value: z.string(),
  forge: forgerySchema.optional(),
});

/** `POST /_slack/suggest`: the bot's options, and what Slack would find wrong with the answer. */
export async function suggest(parts: EmulatorParts, body: z.output<typeof suggestSchema>): Promise<ControlAnswer> {
  const surface = surfaceOf(parts, body);
  if (!surface) return fail(404, 'NoSuchSurface', 'There is no such message or view here.');
  const external = inputsOf(surface.blocks).filter(({ element }) => textOf(element['type']).includes('external'));
  const input = external.find((each) => isCalled(each, body.action));
  if (!input) return fail(400, 'NoSuchAction', `There is no menu ${body.action} with options of the bot.`);
  const least = Number(input.element['min_query_length'] ?? 3);
  if ([...body.value].length < least)
    return { status: 200, body: { asked: false, options: [], problems: [], bot: null } };
  const asked = await askOptions(parts, surface, { input, value: body.value, forgery: body.forge });
  return { status: 200, body: { asked: true, ...asked } };
}
