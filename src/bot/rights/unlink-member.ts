/** `backup unlink`: an administrator ends the link between members of Slack and an account in Entra. */
import { refuse, type Refusal } from '../../core/refusal.ts';
import type { CardMessage } from '../../message/card-data.ts';
import { words } from '../../message/words.ts';
import { isEntraId } from '../../people/links.ts';
import { disownChats } from '../../store/conversations.ts';
import { linkedAs, unlink, type Linked } from '../../store/person-links.ts';
import { record } from '../record.ts';
import type { Turn } from '../turn-context.ts';
import { refusalOf } from './gate.ts';

/** A member of Slack, maybe after the workspace, as it is typed or mentioned. */
const memberId = /^@?(?:(T[A-Z0-9]{2,})\/)?([UW][A-Z0-9]{2,})$/i;

/** Unlinks whom it names, in the transaction of the turn; a second time changes nothing. */
export async function unlinkMember(turn: Turn, named: string | null): Promise<CardMessage | Refusal> {
  const { deps, unit, inbound, rights } = turn;
  const unsafe = rights === null ? 'identity' : deps.unsafeBecause();
  if (rights === null || unsafe !== null) return refuse('not-trusted-now', { what: unsafe ?? 'identity' });
  const no = refusalOf(rights.mayAdminister('unlink'));
  if (no) return no;
  const whom = whomOf(named, inbound.person.team ?? null);
  if (whom === null) return answer(turn, 'unlink.whom', '');
  const members = await membersOf(turn, whom);
  const [byFile] = members.filter(({ team, platformId }) => deps.authority.linkedByFile({ team, user: platformId }));
  if (byFile) return answer(turn, 'unlink.by-file', nameOf(byFile));
  const done = [];
  for (const member of members) if (await unlink(unit.q, member)) done.push(member);
  if (done.length === 0) return answer(turn, 'unlink.nobody', named ?? '');
  for (const { team, platformId: member, entra = null } of done) {
    const operation = { id: null, digest: '', requester: inbound.person };
    await record(unit, { now: deps.clock.now(), what: 'unlinked', operation, detail: { team, member, entra } });
    // What is asked of this person isn't shown to whoever has the chat of that member.
    if (entra !== null) await disownChats(unit.q, { team, person: entra });
  }
  return answer(turn, 'unlink.done', words(turn.context).names(done.map(nameOf), done.length));
}

type Whom = Parameters<typeof linkedAs>[1];

/** Whoever isn't linked by a sign-in may be by an e-mail address, which is said of nobody in advance. */
async function membersOf({ unit }: Turn, whom: Whom): Promise<readonly Linked[]> {
  const found = await linkedAs(unit.q, whom);
  if (found.length > 0 || 'entra' in whom || whom.team === null) return found;
  return [{ team: whom.team, platformId: whom.platformId }];
}

function whomOf(named: string | null, team: string | null): Whom | null {
  if (named === null) return null;
  if (isEntraId(named)) return { entra: named.toLowerCase() };
  const [, workspace = team, platformId] = memberId.exec(named) ?? [];
  return platformId === undefined
    ? null
    : { team: workspace?.toUpperCase() ?? null, platformId: platformId.toUpperCase() };
}

function nameOf({ team, platformId }: Linked): string {
  return `${team}/${platformId}`;
}

type Said = 'unlink.whom' | 'unlink.by-file' | 'unlink.nobody' | 'unlink.done';

function answer({ context }: Turn, said: Said, member: string): CardMessage {
  const { say } = words(context);
  const title = said === 'unlink.whom' ? say(said) : say(said, { member: member.slice(0, 80) });
  const mark = said === 'unlink.done' ? 'ok' : 'stopped';
  return { template: 'notice', data: { mark, title, text: [say(`${said}-text`)] } };
}
