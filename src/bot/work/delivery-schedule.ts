/**
 * When this process will come back to a conversation whose card may not be edited again yet. Each change of a card that
 * comes meanwhile finds that visit planned and needs none of its own. What is planned here is a wake-up in the queue,
 * too; where that is lost, the sweep finds the message.
 */
export type DeliverySchedule = {
  /** Plans a visit; false where one is planned that comes as soon. */
  plan(id: string, inMs: number): boolean;
};

const maxEntries = 1000;
/** A visit this near may be under way, or come a little early: it is not counted on. */
const closeMs = 50;

/** Nothing planned yet. `now` is in milliseconds. */
export function deliverySchedule(now: () => number = () => performance.now()): DeliverySchedule {
  const visits = new Map<string, number>();
  return {
    plan: (id, inMs) => {
      const at = now() + inMs;
      const planned = visits.get(id);
      if (planned !== undefined && planned > now() + closeMs && planned <= at + closeMs) return false;
      if (visits.size >= maxEntries) forgetPast(visits, now());
      visits.set(id, at);
      return true;
    },
  };
}

function forgetPast(visits: Map<string, number>, now: number): void {
  for (const [id, at] of visits) if (at <= now) visits.delete(id);
}
