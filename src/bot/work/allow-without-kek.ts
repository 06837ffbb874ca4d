import { isPerson } from '../../core/person.ts';
import type { Run } from '../../operations/part.ts';
import { requestOfOperation } from '../../store/approvals.ts';
import { insertKekException } from '../../store/kek-exceptions.ts';
import type { Deps } from '../deps.ts';
import type { LiveOperation } from '../live-operation.ts';

/**
 * Writes an exception to the rule on the KEK down, with the names of those who allowed it: who approved, or broke the
 * glass; where a rule leaves it to whoever asks, they alone.
 */
export function allowWithoutKek(
  { database: { db } }: Pick<Deps, 'database'>,
  { requester }: Pick<LiveOperation, 'requester'>,
): Run['allowWithoutKek'] {
  return async (exception) => {
    const asked = isPerson(requester) ? requester.name : requester.system;
    const request = (await requestOfOperation(db, exception.operation))?.request;
    const glass = request?.glass ? [request.glass.name] : [];
    const names = [...new Set([...(request?.votes.map(({ name }) => name) ?? []), ...glass])];
    const allowedBy = names.length > 0 ? names.join(', ') : asked;
    await insertKekException(db, { ...exception, askedBy: asked, allowedBy });
  };
}
