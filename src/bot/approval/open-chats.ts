/**
 * Opens the chats in Slack of people whom a request asks in person and who never wrote to Kluis. Slack is called
 * outside any transaction; two processes that do it at the same time find the same chat.
 */
import { isClosed, isForReview } from '../../approval/request.ts';
import { loggable } from '../../core/log.ts';
import { noteUnreached } from '../../store/request-copies.ts';
import { requestById, type StoredRequest, type Unreached } from '../../store/approvals.ts';
import { addConversation, anyIn } from '../../store/conversations.ts';
import { holdLink } from '../../store/person-links.ts';
import { inTransaction, type Deps, type Within } from '../deps.ts';
import { ChatFault, type Destination, type PlatformName } from '../port.ts';
import { loadDialog } from '../stored-dialog.ts';
import { addCopies, copyAt } from './in-person.ts';
import { knowAccountsOf } from './named-now.ts';
import { showRequest } from './show-request.ts';

const retryMs = 60_000;

/** What opening somebody's chat led to: it, why there is none, or that it is tried again. */
type Opened = Destination | 'never-wrote' | 'refused' | 'later';

/** Opens those that a request still waits for, and posts it there; whoever Slack refuses is named on its cards. */
export async function openChats(deps: Deps, id: string): Promise<void> {
  const found = await requestById(deps.database.db, id);
  const opened = new Map<string, Opened>();
  for (const one of found?.unreached ?? []) if (one.is === 'opening') opened.set(one.person, await openChat(deps, one));
  await inTransaction(deps, async (unit) => {
    // Conversations before the request, as in a turn: a click in one locks it, and then the request.
    // As it is by now: another process may have opened them, and somebody may have been unlinked since.
    const waiting = await requestById(unit.q, id);
    if (!waiting) return;
    const theirs = await stillTheirs({ deps, unit }, waiting, opened);
    await addChats({ deps, unit }, waiting, theirs);
    const stored = await requestById(unit.q, id, 'toMove');
    if (stored && (!isClosed(stored.request) || isForReview(stored.request)))
      await recordOpened({ deps, unit }, stored, theirs);
  });
}

async function openChat(deps: Deps, { slack, person }: Unreached): Promise<Opened> {
  const [team, user] = slack?.includes('/') ? (slack.split('/') as [string, string]) : [null, slack ?? ''];
  const by = await anyIn(deps.database.db, 'slack', team);
  if (!by || !deps.senders.slack?.openPersonal) return 'never-wrote';
  try {
    return await deps.senders.slack.openPersonal({ ...by, platform: by.platform as PlatformName }, user);
  } catch (fault) {
    deps.log.warn({ ...loggable(fault), person }, 'the chat with somebody who is asked in person was not opened');
    const passes = !(fault instanceof ChatFault) || fault.kind === 'throttled' || fault.kind === 'unavailable';
    return passes ? 'later' : 'refused';
  }
}

/** The chat of a member who isn't linked to them any more is another's. */
async function stillTheirs(
  { deps, unit }: Within,
  { unreached }: StoredRequest,
  opened: ReadonlyMap<string, Opened>,
): Promise<ReadonlyMap<string, Opened>> {
  const theirs = new Map(opened);
  for (const { person, slack } of unreached.filter((one) => opened.has(one.person))) {
    const [team, user] = slack?.split('/') ?? [];
    // Without a workspace it is written in `kluis.yaml`.
    if (team === undefined || user === undefined) continue;
    if (deps.authority.linkedByFile({ team, user }) === person) continue;
    if (!(await holdLink(unit.q, { team, platformId: user }, person))) theirs.set(person, 'never-wrote');
  }
  return theirs;
}

/** Nobody has spoken in those chats yet, so they begin in the language of the request. */
async function addChats({ unit }: Within, { dialogId, unreached }: StoredRequest, opened: ReadonlyMap<string, Opened>) {
  const dialog = await loadDialog(unit.q, dialogId);
  if (!dialog) return;
  const { locale, timeZone } = dialog;
  const chats = unreached.flatMap(({ person }) => {
    const chat = opened.get(person);
    return chat === undefined || typeof chat === 'string' ? [] : [{ person, chat }];
  });
  for (const { person, chat } of chats.toSorted((a, b) => (a.chat.id < b.chat.id ? -1 : 1)))
    await addConversation(unit.q, { ...chat, kind: 'personal', channel: null, locale, timeZone }, person);
}

async function recordOpened(within: Within, before: StoredRequest, opened: ReadonlyMap<string, Opened>): Promise<void> {
  const { deps, unit } = within;
  // Opening a chat may have taken long.
  knowAccountsOf(deps, [before]);
  let stored = before;
  const left: Unreached[] = [];
  const here = before.unreached.filter(({ person }) => !deps.authority.hasLeft(person));
  for (const one of here) {
    const chat = one.is === 'opening' ? (opened.get(one.person) ?? 'later') : one.is;
    if (typeof chat !== 'string') stored = await askIn(within, stored, { one, chat });
    else left.push({ ...one, is: chat === 'later' ? 'opening' : chat });
  }
  stored = { ...stored, unreached: left };
  const inMs = left.some(({ is }) => is === 'opening') ? retryMs : null;
  await noteUnreached(unit.q, stored.request.id, { unreached: left, inMs });
  const isNews =
    here.length < before.unreached.length || left.some(({ person, is }) => is !== 'opening' && opened.has(person));
  if (isNews) await showRequest(deps, unit, stored);
}

type Asked = { readonly one: Unreached; readonly chat: Destination };

async function askIn(within: Within, stored: StoredRequest, { one, chat }: Asked): Promise<StoredRequest> {
  const dialog = await loadDialog(within.unit.q, stored.dialogId);
  if (!dialog) return stored;
  const { locale, timeZone } = dialog;
  const copy = copyAt(within.deps.newId(), { id: chat.id, locale, timeZone });
  return addCopies(within, stored, [{ ...copy, person: one.person, ...(one.quiet && { quiet: true }) }]);
}
