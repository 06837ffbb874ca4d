import { randomBytes } from 'node:crypto';
import { slackTeam, type SlackPersonKey } from '../workspace.ts';

/** What a response URL answers: what this person did in this channel, perhaps on a message. */
export type AnsweredInteraction = { person: SlackPersonKey; channel: string; messageTs?: string; threadTs?: string };

/** The response URLs that the emulator has issued. */
export type ResponseUrls = {
  issue(interaction: AnsweredInteraction): string;
  /** Uses a URL once more; the error is Slack's. */
  use(path: string): AnsweredInteraction | { error: string };
};

const lifetimeMs = 30 * 60_000;
const maxUses = 5;

/** Response URLs that last thirty minutes and work five times. */
export function createResponseUrls(now: () => Date, ownUrl: () => string): ResponseUrls {
  const issued = new Map<string, AnsweredInteraction & { at: number; uses: number }>();
  return {
    issue: (interaction) => {
      const path = `/actions/${slackTeam.id}/${issued.size + 1}/${randomBytes(12).toString('base64url')}`;
      issued.set(path, { ...interaction, at: now().getTime(), uses: 0 });
      return `${ownUrl()}/hooks${path}`;
    },
    use: (path) => {
      const found = issued.get(path);
      if (!found) return { error: 'no_service' };
      if (now().getTime() - found.at > lifetimeMs) return { error: 'expired_url' };
      if (found.uses >= maxUses) return { error: 'used_url' };
      found.uses += 1;
      return found;
    },
  };
}
