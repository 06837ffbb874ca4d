import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { drillRoles, requestsDrill } from '../support/drill-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

describe('what a job says can’t keep a part running for ever', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: drillRoles, speed: 20_000, leases: { sweep: 300 } });
  });
  afterEach(() => {
    bot.failpoint = () => {};
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const over = (chat: BotChat) =>
    chat.until('the end', async () => (await bot.operationsIn(chat)).every(({ status }) => status !== 'running'));

  test.each([
    ['a stray %', '%', 'vm-app-01'],
    ['a NUL', '%00', 'vm-app-02'],
  ])('a job whose template URL has %s: the drill ends, and deletes what it restored', async (_what, end, vm) => {
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'advance:after-save') return;
      const { jobs } = await bot.azure.state('jobs');
      const key = 'Template Blob Uri';
      if (!jobs.some(({ bag }) => bag[key] && !bag[key].endsWith(end))) return;
      const strayed = jobs.map((job) =>
        job.bag[key] ? { ...job, bag: { ...job.bag, [key]: `${job.bag[key]}${end}` } } : job,
      );
      await bot.azure.change({ jobs: strayed });
    };
    const chat = await requestsDrill(bot, vm);
    await chat.as('ben').clicks(say('button.approve'));
    await chat.untilTitle(new RegExp(say('trouble.template-missing')));
    await over(chat);
    const { disks } = await bot.azure.state('disks');
    expect(disks.filter(({ resourceGroup }) => resourceGroup === 'rg-drills')).toEqual([]);
  });
});
