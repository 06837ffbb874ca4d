import type { Router } from 'express';
import { createBotLine, type BotLine } from './bot-line.ts';
import { createChanges, type Changes } from '../changes.ts';
import { openChat, type Chat } from './chat.ts';
import { createInteractions, type Interactions } from './interactions.ts';
import { createFaults, type Faults } from '../faults.ts';
import { stateFile } from './state-file.ts';
import { createTraffic, type Traffic } from '../traffic.ts';

/** A command that the compose box suggests, in the form of a Teams manifest's command list. */
export type SuggestedCommand = { title: string; description: string };

/** The options of a lab. */
export type LabOptions = {
  /** Where activities are posted, such as http://127.0.0.1:3978/api/messages. */
  botEndpoint: () => string;
  /** Where this lab can be reached, such as http://127.0.0.1:3978. */
  baseUrl: () => string;
  /** Where the chat is stored across a restart; without it the chat ends with the process. */
  statePath?: string;
  now?: () => Date;
  commands?: readonly SuggestedCommand[];
  /** A Slack emulator beside this lab: the page gets a Slack side, through its control API. */
  slack?: { control: Router };
};

/** The parts of a lab that its routers share. */
export type LabParts = {
  chat: Chat;
  changes: Changes;
  faults: Faults;
  traffic: Traffic;
  line: BotLine;
  interactions: Interactions;
  commands: readonly SuggestedCommand[];
  /** Whether the page has a Slack side. */
  hasSlack: boolean;
  now: () => Date;
  /** Aborted when the lab closes: ends the event streams. */
  closing: AbortSignal;
};

/** What the connector needs. */
export type ConnectorParts = Pick<LabParts, 'chat' | 'changes' | 'faults' | 'traffic' | 'now'>;

/** Builds the parts of one lab. */
export function labParts(options: LabOptions, closing: AbortSignal): LabParts {
  const { now = () => new Date(), commands = [] } = options;
  const changes = createChanges();
  const traffic = createTraffic(now, changes);
  const chat = openChat({ now, changes, file: stateFile(options.statePath) });
  const line = createBotLine(options.botEndpoint, traffic);
  const serviceUrl = () => `${options.baseUrl()}/_lab/connector/`;
  const hasSlack = options.slack !== undefined;
  const interactions = createInteractions({ chat, line, serviceUrl, now });
  return { chat, changes, faults: createFaults(), traffic, line, interactions, commands, hasSlack, now, closing };
}
