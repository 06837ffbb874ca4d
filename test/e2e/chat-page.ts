import type { Browser, Locator, Page } from 'playwright-core';
import { openTab } from '../support/chromium.ts';
import { patienceMs } from '../support/eventually.ts';

/** How somebody opens the page: as whom, which chat first, how wide the screen is, light or dark. */
export type Opening = {
  readonly as?: 'ana' | 'ben' | 'chris' | 'admin';
  readonly side?: 'teams' | 'slack';
  readonly chat?: string;
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
};

/** The chat page as one person uses it. Leaving the scope fails the test if the page had an error. */
export class ChatPage implements AsyncDisposable {
  readonly page: Page;
  readonly #tab: AsyncDisposable;

  private constructor(tab: Awaited<ReturnType<typeof openTab>>) {
    this.page = tab.page;
    this.#tab = tab;
    this.page.setDefaultTimeout(patienceMs);
  }

  /** Opens the page in a browser profile of its own. */
  static async open(browser: Browser, url: string, opening: Opening = {}): Promise<ChatPage> {
    const { as = 'ana', side = 'teams', chat = 'personal', width = 1200, scheme = 'light' } = opening;
    const address = `${url}/?as=${as}&side=${side}&chat=${encodeURIComponent(chat)}`;
    const chatPage = new ChatPage(await openTab(browser, address, { width, height: 900, colorScheme: scheme }));
    await chatPage.page.locator('#compose-text').waitFor();
    return chatPage;
  }

  /** Types a message and sends it; resolves when the bot has posted a new card below it. */
  async says(text: string): Promise<void> {
    const before = await this.cards().count();
    await this.page.locator('#compose-text').fill(text);
    await this.page.keyboard.press('Enter');
    await this.cards().nth(before).waitFor();
  }

  /** Types a message and sends it. */
  async types(text: string): Promise<void> {
    await this.page.locator('#compose-text').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Every message of the bot with a card, oldest first. */
  cards(): Locator {
    return this.page.locator('article.bot:has(.card)');
  }

  /** The newest message with a card, whatever becomes of it. */
  newest(): Locator {
    return this.cards().last();
  }

  /** The message with this ID in its present state. */
  message(id: string): Locator {
    return this.page.locator(`article[data-id="${id}"]`);
  }

  /** The ID of the newest card's message. */
  async newestId(): Promise<string> {
    return (await this.newest().getAttribute('data-id')) ?? '';
  }

  /** Waits until the newest card's first line has this verdict. */
  async untilTitle(title: string | RegExp): Promise<void> {
    await this.heading(title).waitFor();
  }

  /** The first line of the newest card, where it says this. */
  heading(title: string | RegExp): Locator {
    return this.newest().getByRole('heading').filter({ hasText: title });
  }

  /** Presses the newest card's button with exactly this title. */
  async presses(title: string): Promise<void> {
    await this.button(title).click();
  }

  /** The button of the newest card with this title. */
  button(title: string): Locator {
    return this.newest().getByRole('button', { name: title, exact: true });
  }

  /** The titles of the newest card's buttons that send something or open a fold, in order. */
  async buttons(): Promise<string[]> {
    const titles = await this.newest().getByRole('button').allTextContents();
    return titles.map((title) => title.trim());
  }

  /** What the newest card shows: folded parts don't count. */
  async text(): Promise<string> {
    return (await this.newest().innerText()).replace(/\s+/g, ' ');
  }

  /** Switches to another person on the same page. */
  async becomes(name: string): Promise<void> {
    await this.page.getByRole('radio', { name }).check({ force: true });
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#tab[Symbol.asyncDispose]();
  }
}
