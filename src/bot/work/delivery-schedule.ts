import { LRUCache } from 'lru-cache';

/**
 * When this process will return to a conversation whose card can't be edited again yet. Every further change of a card
 * until then finds that visit scheduled and needs none of its own. What is scheduled here is also a wake-up in the
 * queue; if that is lost, the sweep finds the message.
 */
export type DeliverySchedule = {
  /** Plans a visit; false if one is already planned that is at least as soon. */
  plan(id: string, inMs: number): boolean;
};

/** Far more than wait at a time: one that is forgotten is visited once more. */
const maxEntries = 10_000;
/** A visit this close may be under way, or come a little early: it isn't relied on. */
const closeMs = 50;

/** Empty. `now` is in milliseconds. */
export function deliverySchedule(now: () => number = () => performance.now()): DeliverySchedule {
  const visits = new LRUCache<string, number>({ max: maxEntries });
  return {
    plan: (id, inMs) => {
      const at = now() + inMs;
      const planned = visits.get(id);
      if (planned !== undefined && planned > now() + closeMs && planned <= at + closeMs) return false;
      visits.set(id, at);
      return true;
    },
  };
}
