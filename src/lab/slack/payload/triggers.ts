import { randomBytes } from 'node:crypto';
import type { SlackPersonKey } from '../workspace.ts';

/** What a trigger allows: showing something to this person, on top of the view in which they acted. */
type Trigger = { person: SlackPersonKey; viewId?: string };

/** The triggers that the emulator has issued. */
export type Triggers = {
  issue(trigger: Trigger): string;
  /** Uses a trigger; the error is Slack's. */
  exchange(id: string): Trigger | { error: string };
};

const lifetimeMs = 3000;

/** Triggers that last three seconds and work once. */
export function createTriggers(now: () => Date): Triggers {
  const issued = new Map<string, Trigger & { at: number; used: boolean }>();
  return {
    issue: (trigger) => {
      const at = now().getTime();
      const id = `${at}.${issued.size + 1}.${randomBytes(16).toString('hex')}`;
      issued.set(id, { ...trigger, at, used: false });
      return id;
    },
    exchange: (id) => {
      const found = issued.get(id);
      if (!found) return { error: 'invalid_trigger_id' };
      if (found.used) return { error: 'exchanged_trigger_id' };
      if (now().getTime() - found.at > lifetimeMs) return { error: 'expired_trigger_id' };
      found.used = true;
      return { person: found.person, ...(found.viewId && { viewId: found.viewId }) };
    },
  };
}
