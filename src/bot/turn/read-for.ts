import { readOperation } from '../../operations/stored-operation.ts';
import { tagsOfVms, type TagsOfVms } from '../../operations/dialogs/tags-now.ts';
import { operationById } from '../../store/operations.ts';
import { votersOfOperation } from '../approval/voters.ts';
import { isDecision } from '../decisions/click-request.ts';
import type { Deps } from '../deps.ts';
import type { Inbound } from '../port.ts';
import { personNow } from '../rights/person-now.ts';
import { rightsOf } from '../rights/turn-rights.ts';
import type { Reading } from '../turn-context.ts';
import { operationIn } from './turn-resume.ts';

/** Reads all that a turn needs from the directory, the platform and Azure, before its transaction begins. */
export async function readFor(deps: Deps, { event, person, conversation }: Inbound): Promise<Reading> {
  const { channel } = conversation;
  const goesOn = operationIn(event, ['go-on']);
  const now = isDecision(event) ? await personNow(deps, person) : person;
  const [rights, voters, tags] = await Promise.all([
    now && rightsOf(deps, now, channel),
    goesOn === null ? [] : votersOfOperation(deps, goesOn, channel),
    tagsAtClick(deps, event),
  ]);
  return { rights, voters, tags };
}

/** The tags that the VMs of an operation have now, at a click that is about it; none for any other. */
async function tagsAtClick({ database, azure }: Deps, event: Inbound['event']): Promise<TagsOfVms> {
  const id = operationIn(event, ['go-on', 'clean-up', 'cancel-backup']);
  const stored = id === null ? null : await operationById(database.db, id);
  const live = stored && readOperation(stored);
  return live ? tagsOfVms(azure, live.plan) : new Map();
}
