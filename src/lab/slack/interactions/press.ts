import { z } from 'zod';
import { fail, type ControlAnswer } from '../control-answer.ts';
import type { EmulatorParts } from '../emulator-parts.ts';
import { isFields, listOf, textOf, withChildren, wordsOf, type Fields } from '../fields.ts';
import { fill, stateFrom, typeInto } from './fill.ts';
import { inputsOf, isCalled, optionCalled, optionsOf, valuesOf, type SlackInput } from '../payload/input-state.ts';
import { interactionOf, interactionRequest } from './payloads.ts';
import { forgerySchema } from '../payload/sign.ts';
import { placeFields, surfaceFields, surfaceOf, type Surface } from './surface.ts';

/** Somebody presses a button, or chooses in a menu of a message or a view. */
export const pressSchema = z.strictObject({
  ...surfaceFields,
  /** The action ID, a button's text or accessibility label, a menu's placeholder or label, or the block ID. */
  action: z.string(),
  /** Which one, from 1, if several have the same name. */
  nth: z.number().int().min(1).optional(),
  /**
   * What is chosen or typed, if it isn't a button or the `action` names the option of a menu: an option's value or
   * text, several of them, a date, a text.
   */
  option: z.unknown().optional(),
  /** What is typed and chosen on the same surface before. */
  inputs: z.record(z.string(), z.unknown()).default({}),
  forge: forgerySchema.optional(),
});

type Press = z.output<typeof pressSchema>;

type Pressable =
  | { kind: 'button' | 'overflow'; blockId: string; element: Fields }
  | { kind: 'input'; input: SlackInput };

/** `POST /_slack/press`: sends block_actions. An input that doesn't dispatch is only typed into, as in Slack. */
export async function press(parts: EmulatorParts, body: Press): Promise<ControlAnswer> {
  const surface = surfaceOf(parts, body);
  if (!surface) return fail(404, 'NoSuchSurface', 'There is no such message or view here.');
  const found = pressables(surface).filter((each) => isMeant(each, body.action));
  const only = found[(body.nth ?? 1) - 1];
  if (!only) return fail(400, 'NoSuchAction', `There is nothing called ${body.action} to press.`);
  if (found.length > 1 && body.nth === undefined)
    return fail(400, 'SeveralActions', `${found.length} things are called ${body.action}: say which with nth.`);
  const problems = await fill(parts, surface, body.inputs);
  if (problems.length > 0) return fail(400, 'InputInvalid', problems.join('; '));
  const made = await actionOf(parts, surface, { pressed: only, called: body.action, option: body.option });
  if ('problem' in made) return fail(400, 'InputInvalid', made.problem);
  if (!made.dispatches) return { status: 200, body: { sent: false, bot: null } };
  const bot = await parts.line.send(interactionRequest(payloadOf(parts, surface, made.action)), {
    ...(body.forge && { forgery: body.forge }),
  });
  return { status: 200, body: { sent: true, bot } };
}

/** The block_actions payload of one action on a surface. */
function payloadOf(parts: EmulatorParts, surface: Surface, action: Fields): Fields {
  const { person } = surface;
  const viewId = surface.kind === 'view' ? { viewId: surface.view.id } : {};
  return {
    type: 'block_actions',
    ...interactionOf(parts, person),
    ...placeFields(parts, surface),
    trigger_id: parts.triggers.issue({ person, ...viewId }),
    ...(surface.kind === 'message' && {
      state: { values: valuesOf(surface.blocks, surface.typed) },
      response_url: responseUrl(parts, surface),
    }),
    actions: [{ ...action, action_ts: parts.space.nextTs() }],
  };
}

function responseUrl({ hooks }: EmulatorParts, surface: Surface & { kind: 'message' }): string {
  const { channel, ts, threadTs } = surface.message;
  return hooks.issue({ person: surface.person, channel, messageTs: ts, ...(threadTs && { threadTs }) });
}

function pressables({ blocks }: Surface): Pressable[] {
  const buttons = withChildren(blocks).flatMap((block) => {
    const elements = block['type'] === 'actions' ? listOf(block['elements']) : [];
    return [...elements, block['accessory']].filter(isFields).flatMap((element): Pressable[] => {
      const kind = element['type'];
      return kind === 'button' || kind === 'overflow' ? [{ kind, blockId: textOf(block['block_id']), element }] : [];
    });
  });
  return [...buttons, ...inputsOf(blocks).map((input): Pressable => ({ kind: 'input', input }))];
}

function isMeant(each: Pressable, called: string): boolean {
  if (each.kind === 'input') return isCalled(each.input, called);
  const { element, blockId } = each;
  const options = each.kind === 'overflow' ? optionsOf(element).map(({ text }) => wordsOf(text)) : [];
  const actionId = textOf(element['action_id']);
  const names = [wordsOf(element['text']), textOf(element['accessibility_label'])];
  return [actionId, `${blockId}/${actionId}`, ...names, blockId, ...options].includes(called);
}

type Made = { action: Fields; dispatches: boolean } | { problem: string };

async function actionOf(
  parts: EmulatorParts,
  surface: Surface,
  { pressed, called, option }: { pressed: Pressable; called: string; option: unknown },
): Promise<Made> {
  if (pressed.kind !== 'input') return buttonAction(pressed, option ?? called);
  const { input } = pressed;
  if (option === undefined) return { problem: `${input.label || input.actionId}: say which option` };
  const made = await stateFrom(parts, surface, { input, value: option });
  if ('problem' in made) return made;
  typeInto(surface, input, made.state);
  const { placeholder, initial_option } = input.element;
  const action = {
    action_id: input.actionId,
    block_id: input.blockId,
    ...made.state,
    ...(placeholder !== undefined && { placeholder }),
    ...(initial_option !== undefined && { initial_option }),
  };
  return { action, dispatches: input.dispatches };
}

function buttonAction(
  { kind, blockId: block_id, element }: Pressable & { kind: 'button' | 'overflow' },
  option: unknown,
): Made {
  const { action_id, text, value, style } = element;
  const common = { type: kind, action_id, block_id };
  if (kind === 'button')
    return {
      action: { ...common, text, ...(value !== undefined && { value }), ...(style !== undefined && { style }) },
      dispatches: true,
    };
  const selected = optionCalled(optionsOf(element), String(option));
  return selected
    ? { action: { ...common, selected_option: selected }, dispatches: true }
    : { problem: 'say which option' };
}
