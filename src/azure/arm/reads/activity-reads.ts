import type { ActivityAsk, ActivityEvent } from '../../activity.ts';
import type { AzureReads } from '../../gateway.ts';
import { timeOrNull } from '../parse/azure-times.ts';
import { required, wordOrNull } from '../parse/azure-values.ts';
import type { Ask } from '../transport/observed-call.ts';
import { WireFailure } from '../map-fault.ts';
import { everyPage } from './every-page.ts';
import { plainPages, type PlainReads } from './plain-reads.ts';

const version = '2015-04-01';
/** The fields of an event that are requested: the caller's claims are not. */
const fields = 'eventTimestamp,caller,operationName,resourceId,status,authorization';

/**
 * Reads the activity log. The filter accepts a time and one of a few patterns only, each value in quotes:
 * https://learn.microsoft.com/rest/api/monitor/activity-logs/list
 */
export function activityReads(arm: PlainReads, ask: Ask): Pick<AzureReads, 'activity'> {
  return {
    activity: (asked) =>
      ask({ name: 'activity', doing: `reading the activity log of ${asked.subscription}` }, async () =>
        (await everyPage(plainPages<EventBody>(arm, pathOf(asked)))).map(eventOf),
      ),
  };
}

function pathOf({ subscription, of, from, to }: ActivityAsk): string {
  const place =
    'resourceGroup' in of
      ? `resourceGroupName eq ${quoted(of.resourceGroup)}`
      : `resourceUri eq ${quoted(of.resourceId)}`;
  const time = `eventTimestamp ge '${from.toISOString()}' and eventTimestamp le '${to.toISOString()}'`;
  const query = `api-version=${version}&$filter=${encodeURIComponent(`${time} and ${place}`)}&$select=${fields}`;
  const at = `/subscriptions/${encodeURIComponent(subscription)}/providers/Microsoft.Insights`;
  return `${at}/eventtypes/management/values?${query}`;
}

/** No name in Azure contains a quote, and none may end the filter. */
function quoted(value: string): string {
  if (value.includes("'")) throw new WireFailure({ kind: 'refused', code: 'NoResourceId' });
  return `'${value}'`;
}

type EventBody = {
  readonly eventTimestamp?: string;
  readonly caller?: string;
  readonly operationName?: { readonly value?: string };
  readonly resourceId?: string;
  readonly status?: { readonly value?: string };
  readonly authorization?: { readonly scope?: string };
};

/** The documented example has no `resourceId` and gives the resource as the scope of the authorization. */
function eventOf(body: EventBody): ActivityEvent {
  const at = timeOrNull(body.eventTimestamp);
  if (at === null) throw new WireFailure({ kind: 'garbled', code: 'No-eventTimestamp' });
  return {
    at,
    caller: wordOrNull(body.caller),
    operation: required(body.operationName?.value, 'operationName'),
    resourceId: wordOrNull(body.resourceId) ?? wordOrNull(body.authorization?.scope) ?? '',
    status: wordOrNull(body.status?.value) ?? '',
  };
}
