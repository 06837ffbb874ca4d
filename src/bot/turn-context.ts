import type { Voter } from '../approval/decide.ts';
import type { DialogState } from '../dialog/state.ts';
import type { TagsOfVms } from '../operations/dialogs/tags-now.ts';
import type { StoredDialog } from '../store/dialogs.ts';
import type { RenderContext } from '../message/card-data.ts';
import type { Deps, PersonRights, Unit } from './deps.ts';
import type { Inbound } from './port.ts';

/**
 * What was read for an event before its transaction began: what the person can do, and those who approved what is to
 * continue, with their rights now (each null if it couldn't be read); the tags of the VMs of a running or failed
 * operation, if the event is about one.
 */
export type Reading = {
  readonly rights: PersonRights | null;
  readonly voters: readonly Voter[] | null;
  readonly tags: TagsOfVms;
};

/**
 * A turn in progress: the event, what was read for it, and the language and time zone of its conversation. `why`: what
 * the alert says on whose card a command was pressed.
 */
export type Turn = Reading & {
  readonly deps: Deps;
  readonly unit: Unit;
  readonly inbound: Inbound;
  readonly context: RenderContext;
  readonly why?: string;
};

/** A new dialog. It is written with its first move. */
export function newDialog({ deps, inbound, context, why }: Turn, state: DialogState): StoredDialog {
  return {
    id: deps.newId(),
    conversationId: inbound.conversation.id,
    channel: inbound.conversation.channel,
    isPersonal: inbound.conversation.kind === 'personal',
    messageId: deps.newId(),
    state,
    openedBy: inbound.person,
    actor: inbound.person,
    locale: context.locale,
    timeZone: context.timeZone,
    lookup: null,
    ...(why !== undefined && { reason: why }),
  };
}

/**
 * A conflict under optimistic locking: somebody else's turn wrote the dialog between our read and our write. This turn
 * is retried from the start.
 */
export class RevisionConflict extends Error {}
