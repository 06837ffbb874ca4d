/**
 * The chats on this machine, while no platform is configured. This file is loaded at run time when needed, so a product
 * with a platform never loads the emulators of Teams and Slack.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { helpLines } from '../bot/commands/commands.ts';
import type { KluisConfig } from '../config/kluis-config.ts';
import type { Settings } from '../config/settings.ts';
import { createLab, type Lab } from '../lab/lab.ts';
import { people } from '../lab/people.ts';
import { startSlackEmulator, type SlackEmulator } from '../lab/slack/slack-emulator.ts';
import { firstUsers } from '../lab/slack/workspace.ts';
import { words } from '../message/words.ts';
import type { PersonLink } from '../people/links.ts';

/** Builds the local chats and names the people in them. */
export type LocalChats = {
  withPeople(config: KluisConfig): KluisConfig;
  startSlack(settings: Settings, bot: SlackBot): Promise<LocalSlack>;
  page(settings: Settings, slack: SlackEmulator | null, url: () => string): Lab;
};

/** The bot as the local Slack calls it: where, and how long it waits for an answer. */
type SlackBot = { readonly url: () => string; readonly answerMs: number };

/** The listening local Slack, and what its app needs to authenticate. */
type LocalSlack = { readonly emulator: SlackEmulator; readonly token: string; readonly signingSecret: string };

/** The entry point: the local chats. */
export const localChats: LocalChats = { withPeople, startSlack, page };

/**
 * The configuration of the embedded defaults: each person in the local chats is the same one in Teams and in Slack,
 * unless `kluis.yaml` says otherwise. The administrator of the local Slack is linked to nobody.
 */
function withPeople(config: KluisConfig): KluisConfig {
  const users = firstUsers();
  const taken = new Set(config.people.map(({ slack }) => slack));
  const local = (['ana', 'ben', 'chris'] as const)
    .map((key): PersonLink => ({ entra: people[key].aadObjectId, slack: users[key].id, name: people[key].name }))
    .filter(({ slack }) => !taken.has(slack));
  const isKnown = (entra: string) => config.people.some((person) => person.entra === entra);
  const filledIn = config.people.map((person) => ({
    ...person,
    slack: person.slack ?? local.find(({ entra }) => entra === person.entra)?.slack ?? null,
  }));
  return { ...config, people: [...filledIn, ...local.filter(({ entra }) => !isKnown(entra))] };
}

/**
 * What the pages suggest: every command, with a VM of the simulated estate, so that each can be sent unchanged; what
 * people need first comes first.
 */
function suggestedCommands(): { readonly title: string; readonly description: string }[] {
  const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
  const given = helpLines.map(({ typed, says, first }) => ({
    title: `backup ${typed.replace('{vm}', 'vm-sql-01')}`,
    description: say(`help.${says}`),
    first,
  }));
  const locked = { title: 'backup vm-web-01', description: 'a VM whose key vault Azure Backup has no access to' };
  return [...given.filter(({ first }) => first), locked, ...given.filter(({ first }) => !first)];
}

/** Secret and token are created at each start and known only to the two sides: there is nothing to configure. */
async function startSlack({ dataDir }: Settings, { url, answerMs }: SlackBot): Promise<LocalSlack> {
  const signingSecret = randomBytes(16).toString('hex');
  const token = `xoxb-local-${randomBytes(16).toString('hex')}`;
  const statePath = join(dataDir, 'slack-lab.json');
  const app = { botUrl: url, signingSecret, token, commands: suggestedCommands() };
  const emulator = await startSlackEmulator({ port: 0, ...app, statePath, answerMs });
  return { emulator, token, signingSecret };
}

function page({ dataDir }: Settings, slack: SlackEmulator | null, url: () => string): Lab {
  return createLab({
    botEndpoint: () => `${url()}/api/messages`,
    baseUrl: url,
    statePath: join(dataDir, 'lab.json'),
    commands: suggestedCommands(),
    ...(slack && { slack: { control: slack.control } }),
  });
}
