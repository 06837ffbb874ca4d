import type { TestBot } from './start-bot.ts';

/** What Azure does during `press` takes it seconds, such as cancelling a job; then it has its `speed` again. */
export async function quickly(
  bot: TestBot,
  { speed }: { speed: number },
  press: () => Promise<unknown>,
): Promise<void> {
  await bot.azure.control('POST', 'clock', { speed: 60 });
  await press();
  await bot.azure.control('POST', 'clock', { speed });
}
