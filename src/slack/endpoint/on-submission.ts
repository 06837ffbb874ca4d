import { asWritten } from '../../message/timed-text.ts';
import type { Answer, Inbound } from '../../bot/port.ts';
import { storable } from '../../core/storable.ts';
import { missingFields, type Field } from '../blocks/inputs/field.ts';
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
  if (who === 'unknown') return void tellUnknown(parts, { conversation: origin.conversation, user: user.id });
  const on = await messageThere(parts, origin);
  const values = view.state?.values;
  const { action, inputs } = readSubmission(view.private_metadata, values, await keyLookup(parts.suggest, on, values));
  const fields = on ? inSlack(on).fields : [];
  const missing = missingFields(fields, inputs);
  if (missing.length > 0) return inlineErrors(missing, (field) => field.message || field.label);
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
  return replyTo(parts, { answer: await parts.receive(inbound), origin, who, fields });
}

type Answered = {
  readonly answer: Answer;
  readonly origin: FormOrigin;
  readonly who: Identified;
  readonly fields: readonly Field[];
};

/**
 * Errors are shown at their inputs, any other refusal at the first one; if the card asks again or asks something else,
 * its new form replaces the one that was sent.
 */
function replyTo(parts: EndpointParts, { answer, origin, who, fields }: Answered): Reply {
  const next = answer.show === 'card' ? inSlack(answer.drawn, { origin: writeOrigin(origin) }).modal : null;
  if (next) return { response_action: 'update', view: next };
  const text = toldAlone(answer);
  if (text === null) return undefined;
  const notes = answer.show === 'text' ? (answer.fields ?? {}) : {};
  const noted = fields.filter(({ id }) => ownOf(notes, id) !== undefined);
  if (noted.length > 0) return inlineErrors(noted, ({ id }) => ownOf(notes, id) ?? text);
  if (answer.show === 'text' && fields.length > 0) return inlineErrors(fields.slice(0, 1), () => text);
  tell(parts, { conversation: origin.conversation, who, text });
  return undefined;
}

function inlineErrors(fields: readonly Field[], say: (field: Field) => string): Reply {
  const errors = Object.fromEntries(fields.map((field) => [field.blockId, asWritten(say(field)).slice(0, 1000)]));
  return { response_action: 'errors', errors };
}
