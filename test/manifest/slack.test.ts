import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseCommand } from '../../src/bot/commands/parse-command.ts';
import { slackEvents } from '../../src/slack/listened.ts';

const root = join(import.meta.dirname, '..', '..');

type Manifest = {
  display_information: { name: string; description: string; long_description: string };
  features: {
    app_home: { home_tab_enabled: boolean; messages_tab_enabled: boolean; messages_tab_read_only_enabled: boolean };
    bot_user: { display_name: string };
    slash_commands: { command: string; url: string; description: string; usage_hint: string }[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: {
    event_subscriptions: { request_url: string; bot_events: string[] };
    interactivity: { is_enabled: boolean; request_url: string; message_menu_options_url: string };
    token_rotation_enabled: boolean;
  };
};

const manifest = parse(readFileSync(join(root, 'manifest/slack/manifest.yaml'), 'utf8')) as Manifest;

/** The scopes that each method needs according to Slack's reference; a method without a scope needs none. */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'reactions.add': ['reactions:write'],
  'reactions.remove': ['reactions:write'],
  'users.info': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'auth.revoke': [],
  'auth.test': [],
};

const scopesOfEvents: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  'message.im': ['im:history'],
  tokens_revoked: [],
};

/** The methods of the Web API that the code calls. */
function methodsCalled(): string[] {
  const folder = join(root, 'src/slack');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  const calls = texts.flatMap((text) =>
    [...text.matchAll(/\bclient\.(\w+\.\w+)\(/g)].map(([, name]) => name as string),
  );
  return [...new Set(calls)].sort();
}

describe('the manifest of the Slack app', () => {
  test('requests the scopes that the code uses, and no others', () => {
    const methods = methodsCalled();
    expect(methods.length).toBeGreaterThan(8);
    expect(methods.filter((name) => !(name in scopesOf))).toEqual([]);
    const { bot_events } = manifest.settings.event_subscriptions;
    const used = [
      'commands',
      ...methods.flatMap((name) => scopesOf[name] ?? []),
      ...bot_events.flatMap((name) => scopesOfEvents[name] ?? []),
    ];
    expect(manifest.oauth_config.scopes.bot).toEqual([...new Set(used)].sort());
  });

  test('subscribes to the events that the endpoint serves', () => {
    const { bot_events } = manifest.settings.event_subscriptions;
    expect(bot_events.map((name) => name.replace(/^message\.im$/, 'message'))).toEqual([...slackEvents]);
  });

  test('sends everything to the one endpoint', () => {
    const { event_subscriptions, interactivity } = manifest.settings;
    const urls = [
      ...manifest.features.slash_commands.map(({ url }) => url),
      event_subscriptions.request_url,
      interactivity.request_url,
      interactivity.message_menu_options_url,
    ];
    expect(new Set(urls)).toEqual(new Set(['https://kluis.example.com/slack/events']));
    expect(interactivity.is_enabled).toBe(true);
  });

  test('has the one command, and hints at commands that work', () => {
    const [command, ...others] = manifest.features.slash_commands;
    expect([command?.command, others]).toEqual(['/backup', []]);
    for (const hint of command?.usage_hint.split(' | ') ?? [])
      expect([hint, parseCommand(`/backup ${hint}`).kind]).toEqual([
        hint,
        expect.stringMatching(/^(backup|open|help|requests)$/),
      ]);
  });

  test('lets people write to the bot, and shows its page', () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  test('respects Slack’s limits, and uses one token that doesn’t change', () => {
    const { name, description, long_description } = manifest.display_information;
    expect([name.length <= 35, description.length <= 140]).toEqual([true, true]);
    expect(long_description.length).toBeGreaterThanOrEqual(175);
    expect(long_description.length).toBeLessThanOrEqual(4000);
    const [command] = manifest.features.slash_commands;
    expect((command?.description.length ?? 0) <= 2000 && (command?.usage_hint.length ?? 0) <= 1000).toBe(true);
    expect(manifest.settings.token_rotation_enabled).toBe(false);
  });
});
