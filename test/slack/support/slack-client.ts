import { request } from 'undici';
import { firstUsers } from '../../../src/lab/slack/workspace.ts';
import { words } from '../../../src/message/words.ts';
import { eventually, patienceMs } from '../../support/eventually.ts';

const outdated = (['en', 'nl'] as const).map((locale) =>
  words({ locale, timeZone: 'UTC', simulated: true }).say('refusal.outdated-card'),
);

export type SlackPerson = 'ana' | 'ben' | 'chris' | 'admin';

/** A message as the emulator shows it to a person. */
export type SeenMessage = {
  readonly ts: string;
  readonly channel: string;
  readonly thread_ts: string | null;
  readonly from: string;
  readonly text: string;
  readonly blocks: readonly unknown[];
  readonly metadata: { readonly event_payload?: { readonly key?: string } } | null;
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  readonly deleted: boolean | string;
  readonly onlyYou: boolean;
  readonly replies: number;
  readonly edits: number;
  readonly before: readonly unknown[];
};

/** The bot endpoint's response to a request of the emulator. */
export type EndpointAnswer = { readonly seq: number; readonly status: number; readonly body: unknown };

/** One request between the emulator and the bot. */
export type SlackExchange = {
  readonly seq: number;
  readonly at: string;
  readonly direction: 'to-bot' | 'from-bot';
  readonly path: string;
  readonly request: Record<string, unknown>;
  readonly status: number | null;
  readonly response: unknown;
};

/** A modal or a home page, as the emulator shows it. */
export type SeenView = {
  readonly id: string;
  readonly private_metadata: string;
  readonly blocks: readonly { readonly block_id: string; readonly type: string; readonly element?: Element }[];
};

type Element = { readonly type: string; readonly action_id: string };

/** The result of submitting a modal. `errors` by block ID; `view`: what replaced it. */
export type Submitted = {
  readonly bot: EndpointAnswer;
  readonly shown: 'closed' | 'errors' | 'view' | 'trouble';
  readonly errors?: Readonly<Record<string, string>>;
  readonly view?: SeenView;
};

/** A Slack user on the emulator's control API, in a channel or a thread of it. */
export class SlackChat {
  readonly #url: () => string;
  readonly person: SlackPerson;
  readonly channel: string;
  readonly thread: string | null;

  constructor(url: () => string, at: { person: SlackPerson; channel: string; thread?: string | null }) {
    this.#url = url;
    this.person = at.person;
    this.channel = at.channel;
    this.thread = at.thread ?? null;
  }

  /** The same person in a thread of this channel. */
  in(thread: string): SlackChat {
    return new SlackChat(this.#url, { person: this.person, channel: this.channel, thread });
  }

  /** The same person in the channel around this thread, where what answers them alone is if they wrote there. */
  around(): SlackChat {
    return new SlackChat(this.#url, { person: this.person, channel: this.channel });
  }

  /** Somebody else in the same place. */
  as(person: SlackPerson): SlackChat {
    return new SlackChat(this.#url, { person, channel: this.channel, thread: this.thread });
  }

  async control<T>(path: string, body?: object): Promise<T> {
    const posted = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await request(`${this.#url()}/_slack/${path}`, body ? posted : {});
    if (answer.statusCode >= 300) throw new Error(`/_slack/${path}: ${answer.statusCode} ${await answer.body.text()}`);
    return (await answer.body.json()) as T;
  }

  /** Says something here; resolves with the bot endpoint's response. */
  async says(text: string, more: object = {}): Promise<{ ts?: string; channel: string; bot: EndpointAnswer | null }> {
    const { person: as, channel, thread } = this;
    return this.control('say', { as, channel, text, ...(thread && { thread_ts: thread }), ...more });
  }

  /** What this person sees here, oldest first; what it was before only with `history`. */
  async messages(history: 'all' | 'none' = 'none'): Promise<SeenMessage[]> {
    const query = new URLSearchParams({ as: this.person, channel: this.channel, history });
    if (this.thread) query.set('thread', this.thread);
    return (await this.control<{ messages: SeenMessage[] }>(`messages?${query}`)).messages;
  }

  /** The messages of the bot, oldest first. */
  async said(): Promise<SeenMessage[]> {
    return (await this.messages()).filter(({ from, deleted }) => from === 'bot' && !deleted);
  }

  /** Waits until a message of the bot matches, the newest first. */
  until(awaited: string | RegExp, withinMs?: number): Promise<SeenMessage> {
    const fits = (message: SeenMessage) => {
      const shown = textOf(message);
      return typeof awaited === 'string' ? shown.includes(awaited) : awaited.test(shown);
    };
    const look = async () => (await this.said()).toReversed().find(fits);
    return eventually(`a message with ${awaited}`, look, withinMs).catch(async (error: Error) => {
      const all = (await this.said()).map(textOf).join('\n---\n');
      throw new Error(`${error.message}; there is:\n${all}`);
    });
  }

  /** Waits for a message that says this; it has to link to a card of the bot here, or to the one above the thread. */
  async untilTold(awaited: string | RegExp): Promise<SeenMessage> {
    const told = await this.until(awaited);
    const others = [...(await this.said()).map(({ ts }) => ts), this.thread ?? ''].filter((ts) => ts !== told.ts);
    const linked = /<https:[^|>]*\/p(\d+)[^|>]*\|/.exec(told.text)?.[1];
    if (!others.some((ts) => ts.replace('.', '') === linked)) throw new Error(`it links to no card: ${told.text}`);
    return told;
  }

  /** Presses the element with this name on the newest message that has it, once one has. */
  async presses(action: string, more: object = {}): Promise<{ sent: boolean; bot: EndpointAnswer | null }> {
    const look = async () => (await this.said()).toReversed().find((message) => namesOf(message).includes(action));
    const found = await eventually(`a message with ${action}`, look).catch(async (error: Error) => {
      throw new Error(`${error.message}; there is:\n${(await this.said()).map(textOf).join('\n---\n')}`);
    });
    return this.control('press', { as: this.person, channel: this.channel, ts: found.ts, action, ...more });
  }

  /** The modals that this person has open, and their home page. */
  async views(): Promise<{ readonly modals: readonly SeenView[]; readonly home: SeenView | null }> {
    return this.control(`views?as=${this.person}`);
  }

  /**
   * Opens the form of a card; presses again if Slack's three seconds were over, as the bot then asks for, and if the
   * bot had posted the card and not yet noted that: it then says that the card is out of date.
   */
  async opensForm(press: () => Promise<unknown> = () => this.presses('Fill in the form')): Promise<SeenView> {
    const until = performance.now() + patienceMs;
    while (performance.now() < until) {
      const last = (await this.calls('views.open')).at(-1)?.seq ?? 0;
      const told = await this.#toldOutdated();
      await press();
      const isAnswered = ({ seq, status }: SlackExchange) => seq > last && status !== null;
      const answer = async () =>
        (await this.calls('views.open')).find(isAnswered) ??
        ((await this.#toldOutdated()) > told ? ('outdated' as const) : null);
      const call = await eventually('the form', answer);
      if (call === 'outdated') continue;
      const { error } = call.response as { readonly error?: string };
      if (error !== 'expired_trigger_id') return this.modal();
    }
    throw new Error('the form did not open, however often its button was pressed');
  }

  /** How often this person was told here that a card is out of date. */
  async #toldOutdated(): Promise<number> {
    return (await this.said()).filter(
      (message) => message.onlyYou && outdated.some((text) => textOf(message).includes(text)),
    ).length;
  }

  /** Waits for a modal in front of this person. */
  modal(): Promise<SeenView> {
    return eventually('a modal', async () => (await this.views()).modals.at(-1));
  }

  /** Fills in the top modal, by the IDs of the card's inputs, and submits it. */
  async submits(inputs: Readonly<Record<string, unknown>>, more: object = {}): Promise<Submitted> {
    const view = await this.modal();
    const named = Object.entries(inputs).map(([id, value]) => [actionOf(view.blocks, id), value]);
    return this.control('submit', { as: this.person, inputs: Object.fromEntries(named), ...more });
  }

  /** Opens the app's home page, and waits until the bot has published it again. */
  async opensHome(): Promise<SeenView> {
    const before = await this.homesPublished();
    await this.control('open', { as: this.person, tab: 'home' });
    return this.untilHome(before);
  }

  /** Waits until the bot has published this person's home page more often than this. */
  untilHome(before: number): Promise<SeenView> {
    return eventually('the home page', async () =>
      (await this.homesPublished()) > before ? (await this.views()).home : null,
    );
  }

  /** How often the bot has published this person's home page. */
  async homesPublished(): Promise<number> {
    const { id } = firstUsers()[this.person];
    // A call that Slack refused showed nothing.
    const isShown = ({ request, response }: SlackExchange) =>
      request['user_id'] === id && (response as { ok?: boolean } | null)?.ok === true;
    return (await this.calls('views.publish')).filter(isShown).length;
  }

  /** Presses the element with this name on the home page. */
  pressesAtHome(action: string, more: object = {}): Promise<{ sent: boolean; bot: EndpointAnswer | null }> {
    return this.control('press', { as: this.person, view: 'home', action, ...more });
  }

  /** All traffic so far. */
  async exchanges(): Promise<SlackExchange[]> {
    const { requests } = await this.control<{ requests: unknown }>('requests');
    const list = Array.isArray(requests) ? requests : (requests as { exchanges: unknown[] }).exchanges;
    return list as SlackExchange[];
  }

  /** The calls of a Web API method so far. */
  async calls(method: string): Promise<SlackExchange[]> {
    return (await this.exchanges()).filter(({ direction, path }) => direction === 'from-bot' && path.endsWith(method));
  }
}

/** The whole text of a message or a view. */
export function textOf(message: { readonly text?: string; readonly blocks: readonly unknown[] }): string {
  return [message.text ?? '', ...message.blocks.flatMap(wordsIn)].join('\n');
}

/** The accessible name of each button of a message: its accessibility label, otherwise its title. */
export function buttonsOf({ blocks }: { readonly blocks: readonly unknown[] }): string[] {
  return nodesIn(blocks)
    .filter(({ type }) => type === 'button')
    .map(({ text, accessibility_label: heard }) => String(heard ?? (text as { text: string }).text));
}

/** The options of a message's menu behind the three dots; each is pressed by its title. */
export function optionsOf({ blocks }: { readonly blocks: readonly unknown[] }): { title: string; value: string }[] {
  const menus = nodesIn(blocks).filter(({ type }) => type === 'overflow');
  return menus
    .flatMap(({ options }) => options as { text: { text: string }; value: string }[])
    .map(({ text, value }) => ({ title: text.text, value }));
}

/** The names of a button: its text, and its accessible name. Those of a menu's options are their titles. */
function namesOf(message: { readonly blocks: readonly unknown[] }): string[] {
  const names = nodesIn(message.blocks)
    .filter(({ type }) => type === 'button')
    .flatMap(({ text, accessibility_label: heard }) => [(text as { text: string }).text, String(heard ?? '')]);
  return [...names, ...optionsOf(message).map(({ title }) => title)];
}

/** The `action_id` of the input with this name on the card. */
export function actionOf(blocks: readonly unknown[], id: string): string {
  const ids = nodesIn(blocks).flatMap(({ action_id }) => (typeof action_id === 'string' ? [action_id] : []));
  const found = ids.find((each) => each.startsWith('in/') && each.split('/')[2] === id);
  if (!found) throw new Error(`no input is called ${id}; there are ${ids.join(', ')}`);
  return found;
}

/** The value of the choice with this name. */
export function optionOf(blocks: readonly unknown[], title: string): string {
  const found = nodesIn(blocks).find(
    ({ type, text, value }) => type === undefined && value && (text as { text?: string } | undefined)?.text === title,
  );
  if (!found) throw new Error(`no choice is called ${title}`);
  return String(found['value']);
}

/** What the button with this title sends. */
export function valueOf({ blocks }: { readonly blocks: readonly unknown[] }, title: string): string {
  const found = nodesIn(blocks).find(
    ({ type, text }) => type === 'button' && (text as { text: string }).text === title,
  );
  if (typeof found?.['value'] !== 'string') throw new Error(`no button is called ${title}`);
  return found['value'];
}

function wordsIn(value: unknown): string[] {
  return nodesIn(value).flatMap(({ type, text, fallback }) => {
    if (type === 'date') return [String(fallback)];
    return typeof text === 'string' && (type === 'mrkdwn' || type === 'plain_text' || type === 'text')
      ? [text.replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')]
      : [];
  });
}

function nodesIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(nodesIn);
  return Array.isArray(value) ? below : [value as Record<string, unknown>, ...below];
}
