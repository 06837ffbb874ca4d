import type { Call } from '../http/call.ts';
import type { ActivitySpec } from '../state/state-access.ts';
import type { Route } from '../http/route.ts';
import { andTerms, wanted } from '../http/filter.ts';
import { page } from '../http/paging.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { same, within } from '../ids.ts';
import type { JsonBody } from '../json.ts';
import { scopeOf } from '../access/scope.ts';
import { guidOf } from '../invented.ts';

const KEPT = 1_000;
/** Azure's activity log keeps 90 days, and refuses an earlier start. */
const DAYS = 90;

/**
 * The activity log. Its body is that of the documented example (azure-rest-api-specs, monitor 2015-04-01,
 * GetActivityLogsFiltered.json). `resourceId` is in the schema (`EventData`), though not in that example. Here an event
 * shows at once; Azure takes minutes.
 */
export const activityRoutes: Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/:sub/providers/microsoft.insights/eventtypes/management/values',
    type: 'Microsoft.Insights/eventtypes',
    action: 'Microsoft.Insights/eventtypes/values/read',
    handle: listActivity,
  },
];

/** Logs a write that ARM accepted. Reads are in no activity log. */
export function noteActivity(call: Call, { action, reply }: { action: string | null; reply: Reply }): void {
  if (call.method === 'GET' || call.method === 'HEAD' || call.method === 'POST' || !action || !call.caller) return;
  const log = call.world.state.activity;
  log.push({
    id: guidOf(`event ${log.length} ${call.world.now().toISOString()} ${call.path}`),
    at: call.world.now().toISOString(),
    caller: call.caller.name === 'owner' ? 'owner@contoso.example' : call.caller.objectId,
    operation: action,
    resourceId: scopeOf(call.path),
    status: reply.status < 300 ? 'Succeeded' : 'Failed',
  });
  if (log.length > KEPT) log.splice(0, log.length - KEPT);
}

function listActivity(call: Call): Reply {
  const terms = andTerms(call.query.get('$filter'));
  const from = terms.find(({ name, operator }) => name === 'eventtimestamp' && operator === 'ge')?.value;
  const to = terms.find(({ name, operator }) => name === 'eventtimestamp' && operator === 'le')?.value;
  const earliest = call.world.now().getTime() - DAYS * 86_400_000;
  if (from === undefined || !(Date.parse(from) >= earliest)) throw badFilter();
  const [group, uri] = [wanted(terms, 'resourceGroupName'), wanted(terms, 'resourceUri')];
  const shown = call.world.state.activity
    .filter(({ at, resourceId }) => {
      if (Date.parse(at) < Date.parse(from) || (to !== undefined && Date.parse(at) > Date.parse(to))) return false;
      if (!within(resourceId, `/subscriptions/${call.params.sub}`)) return false;
      if (uri !== undefined) return same(resourceId, uri);
      return group === undefined || within(resourceId, `/subscriptions/${call.params.sub}/resourceGroups/${group}`);
    })
    .toSorted((one, other) => other.at.localeCompare(one.at));
  return ok(page<ActivitySpec>(call, shown, eventBody));
}

/** The refusal is documented; this wording isn't recorded. */
function badFilter(): ArmRefusal {
  return new ArmRefusal(400, 'BadRequest', 'The start time of the filter is absent, or more than 90 days ago.');
}

function eventBody({ id, at, caller, operation, resourceId, status }: ActivitySpec): JsonBody {
  const word = (value: string) => ({ value, localizedValue: value });
  return {
    authorization: { action: operation, scope: resourceId },
    ...(caller === null ? {} : { caller }),
    eventDataId: id,
    eventName: word('EndRequest'),
    id: `${resourceId}/events/${id}/ticks/${Date.parse(at)}`,
    level: 'Informational',
    operationName: word(operation),
    resourceId,
    status: word(status),
    eventTimestamp: at,
  };
}
