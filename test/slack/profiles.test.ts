import { expect, test } from '@jest/globals';
import { createProfiles, type Profiles } from '../../src/slack/endpoint/profiles.ts';
import { slackTimeouts } from '../../src/slack/timeouts.ts';
import type { WebApi } from '../../src/slack/web-api.ts';
import { eventually } from '../support/eventually.ts';

const minute = 60_000;
const ana = { team: 'T1', user: 'U1', name: 'ana' };
const never = new Promise<never>(() => {});

/** A workspace with given answers, and a clock that the test advances. */
class Workspace {
  asked = 0;
  at = 0;
  answer: () => Promise<unknown> = () => this.called('Ana');
  readonly profiles: Profiles;

  constructor() {
    const api = (async (doing: string) => {
      if (doing === 'asking who the bot is') return { ok: true, team_id: 'T1' };
      this.asked += 1;
      return this.answer();
    }) as unknown as WebApi;
    this.profiles = createProfiles(
      () => api,
      slackTimeouts.profile,
      () => this.at,
    );
  }

  called(name: string): Promise<unknown> {
    return Promise.resolve({ ok: true, user: { team_id: 'T1', real_name: name, tz: 'Europe/Amsterdam' } });
  }

  async name(): Promise<string> {
    return (await this.profiles(ana)).name;
  }
}

test('a profile is requested once, and a refresh isn’t waited for', async () => {
  const slack = new Workspace();
  expect([await slack.name(), await slack.name(), slack.asked]).toEqual(['Ana', 'Ana', 1]);
  slack.at += 11 * minute;
  slack.answer = () => never;
  expect([await slack.name(), await slack.name(), slack.asked]).toEqual(['Ana', 'Ana', 2]);
  slack.at += 11 * minute;
  slack.answer = () => slack.called('Ana de Vries');
  await eventually('the new name', async () => (await slack.name()) === 'Ana de Vries');
  expect(slack.asked).toBe(3);
});

test('a stale profile doesn’t count: a new one is awaited, otherwise the name is the one that Slack sent', async () => {
  const slack = new Workspace();
  await slack.name();
  slack.at += 61 * minute;
  slack.answer = () => slack.called('Ana Jansen');
  expect(await slack.name()).toBe('Ana Jansen');
  slack.at += 61 * minute;
  slack.answer = () => Promise.reject(new Error('away'));
  expect(await slack.name()).toBe('ana');
});

test('if Slack doesn’t answer, it is asked again after a while, and not with every word', async () => {
  const slack = new Workspace();
  slack.answer = () => Promise.reject(new Error('away'));
  expect([await slack.name(), await slack.name(), slack.asked]).toEqual(['ana', 'ana', 1]);
  slack.at += minute;
  slack.answer = () => never;
  void slack.profiles(ana);
  slack.at += 2_000; // the second that a person has to wait has passed
  expect([await slack.name(), slack.asked]).toEqual(['ana', 2]);
  slack.at += minute;
  slack.answer = () => slack.called('Ana');
  expect([await slack.name(), slack.asked]).toEqual(['Ana', 3]);
});

test('while Slack doesn’t answer, the event decides, compared with the bot’s workspace; if it says nothing, it is unknown', async () => {
  const slack = new Workspace();
  await slack.profiles({ ...ana, user: 'U0' });
  slack.answer = () => Promise.reject(new Error('away'));
  const isStranger = async (user: string, says: (string | undefined)[]) =>
    (await slack.profiles({ team: 'T1', user, says })).isStranger;
  expect(await isStranger('U5', ['T1', undefined])).toBe(false);
  expect(await isStranger('U6', ['T1', 'T2'])).toBe(true);
  expect(await isStranger('U7', [undefined, ''])).toBeNull();
});

test('in a shared channel an event may name its author’s workspace, and the author is still a stranger', async () => {
  const slack = new Workspace();
  slack.answer = () => Promise.resolve({ ok: true, user: { team_id: 'T2', real_name: 'Eve' } });
  expect(await slack.profiles({ team: 'T2', user: 'U2' })).toMatchObject({ name: 'Eve', isStranger: true });
  expect(await new Workspace().profiles(ana)).toMatchObject({ name: 'Ana', isStranger: false });
});
