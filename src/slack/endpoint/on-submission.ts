import { asWritten } from '../../message/timed-text.ts';
import type { Answer, Inbound, Suggest } from '../../bot/port.ts';
import { storable } from '../../core/storable.ts';
import { missingFields } from '../blocks/inputs/field.ts';
import { inputOfBlock, isInputBlock } from '../blocks/inputs/input-id.ts';
import { originOf, readSubmission } from '../blocks/inputs/submission.ts';
import { inSlack } from '../message-parts.ts';
import { unreadable } from './action-seen.ts';
import { submissionSchema } from './bodies.ts';
import type { EndpointParts, Reply } from './endpoint-parts.ts';
import { readOrigin, writeOrigin, type FormOrigin } from './form-origin.ts';
import type { Identified } from './identify.ts';
import { keyLookup } from './key-lookup.ts';
import { messageThere } from './message-there.ts';
import { tell, tellUnknown, toldAlone } from './tell.ts';
import { ownOf } from '../../core/own-of.ts';

/** A sent form. Errors are shown in it; once it is accepted, the next form or the card continues. */
export async function onSubmission(parts: EndpointParts, body: unknown): Promise<Reply> {
  const { data: seen } = submissionSchema.safeParse(storable(body));
  const team = seen?.team?.id ?? seen?.user.team_id;
  if (!seen || !team) return undefined;
  const { user, view } = seen;
  const says = [user.team_id ?? seen.team?.id];
  const who = await parts.identify({ team, user: user.id, name: user.name ?? user.username ?? '', says });
  const origin = readOrigin(originOf(view.private_metadata), team);
  if (who === 'stranger' || !origin) return undefined;
  if (who === 'unknown') return void tellUnknown(parts, { ...origin, user: user.id });
  const on = await messageThere(parts, origin);
  const values = view.state?.values;
  const suggest: Suggest = (query) => parts.suggest({ ...query, by: who.person });
  const { action, inputs } = readSubmission(view.private_metadata, values, await keyLookup(suggest, on, values));
  const fields = on ? inSlack(on).fields : [];
  const missing = missingFields(fields, inputs);
  if (missing.length > 0)
    return inlineErrors(missing.map(({ blockId, message, label }) => [blockId, message || label]));
  const inbound: Inbound = {
    key: `slack:${team}:form:${view.id}:${seen.trigger_id ?? view.hash ?? ''}`,
    conversation: origin.conversation,
    ...who,
    event: {
      kind: 'click',
      messageId: origin.messageId,
      inForm: true,
      ...(action ? { verb: action.verb, data: action.data, inputs } : unreadable),
    },
  };
  const blocks = Object.keys(values ?? {}).filter(isInputBlock);
  return replyTo(parts, { answer: await parts.receive(inbound), origin, who, blocks });
}

type Answered = {
  readonly answer: Answer;
  readonly origin: FormOrigin;
  readonly who: Identified;
  /** The IDs of the blocks with the form's inputs. */
  readonly blocks: readonly string[];
};

/**
 * Errors are shown at their inputs, any other refusal at the first one; if the card asks again or asks something else,
 * its new form replaces the one that was sent.
 */
function replyTo(parts: EndpointParts, { answer, origin, who, blocks }: Answered): Reply {
  const next =
    answer.show === 'card' || answer.show === 'form'
      ? inSlack(answer.drawn, { origin: writeOrigin(origin) }).modal
      : null;
  if (next) return { response_action: 'update', view: next };
  const text = toldAlone(answer);
  if (text === null) return undefined;
  const notes = answer.show === 'text' ? (answer.fields ?? {}) : {};
  const noted = blocks.flatMap((block): [string, string][] => {
    const note = ownOf(notes, inputOfBlock(block));
    return note === undefined ? [] : [[block, note]];
  });
  if (noted.length > 0) return inlineErrors(noted);
  if (answer.show === 'text' && blocks[0] !== undefined) return inlineErrors([[blocks[0], text]]);
  tell(parts, { ...origin, who, text });
  return undefined;
}

/** By the IDs of the blocks. */
function inlineErrors(notes: readonly (readonly [string, string])[]): Reply {
  const errors = Object.fromEntries(notes.map(([block, note]) => [block, asWritten(note).slice(0, 1000)]));
  return { response_action: 'errors', errors };
}
