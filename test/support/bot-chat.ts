import { titleOf, viewOf, type CardView } from './card-view.ts';
import type { LabClient, LabMessage } from './lab-client.ts';

export type PersonKey = 'ana' | 'ben' | 'chris';

/** The answer to a click: a card, or a line that only the clicker sees. */
export type ClickAnswer = { readonly status: number; readonly card: CardView | null; readonly text: string | null };

/** Where somebody talks to the bot: a personal chat, or a thread of the channel. */
export class BotChat {
  readonly #lab: LabClient;
  readonly person: PersonKey;
  readonly place: string;
  #locale: 'en-US' | 'nl-NL' | undefined;

  constructor(lab: LabClient, person: PersonKey, place: string) {
    this.#lab = lab;
    this.person = person;
    this.place = place;
  }

  /** Somebody else in the same place. */
  as(person: PersonKey): BotChat {
    return new BotChat(this.#lab, person, this.place);
  }

  /** The same person with a client in another language. */
  inDutch(): BotChat {
    const chat = new BotChat(this.#lab, this.person, this.place);
    chat.#locale = 'nl-NL';
    return chat;
  }

  /** The conversation's ID as the bot stores it. */
  get id(): string {
    return `teams:${this.place}`;
  }

  /** This person's ID on the platform. */
  async self(): Promise<{ readonly id: string; readonly name: string }> {
    type People = { people: { key: string; name: string }[] };
    const { people } = await this.#lab.get<People>('people');
    const name = people.find(({ key }) => key === this.person)?.name ?? '';
    return { id: `29:${this.person}`, name };
  }

  /** Types something; resolves with the HTTP status of the bot's answer. */
  async says(text: string): Promise<number> {
    const said = await this.#lab.post<{ bot: { status: number } | null }>('say', { ...this.#actor(), text });
    return said.bot?.status ?? 0;
  }

  /** Presses the button with this title on the newest card that has it. */
  async clicks(title: string, inputs: Readonly<Record<string, unknown>> = {}): Promise<ClickAnswer> {
    const message = await this.messageWith(title);
    return this.#press({ activityId: message.id, action: title, inputs });
  }

  /** Sends a click that no card offers: any verb, any data, on any message. */
  async sends(press: {
    verb: string;
    data: unknown;
    on?: LabMessage;
    type?: string;
    inputs?: Readonly<Record<string, unknown>>;
  }): Promise<ClickAnswer> {
    const message = press.on ?? (await this.newest());
    const action = { type: press.type ?? 'Action.Execute', verb: press.verb, data: press.data };
    return this.#press({ activityId: message.id, action, ...(press.inputs && { inputs: press.inputs }) });
  }

  /** Opens a step that is filled in, as a card of an older release could: its button named the dialog and the step. */
  async opens(step: string): Promise<ClickAnswer> {
    const on = (await this.cards()).findLast(({ card }) => viewOf(card).buttons.some(({ data }) => 'dialog' in data));
    const data = on && viewOf(on.card).buttons.find((button) => 'dialog' in button.data)?.data;
    return this.sends({
      verb: 'change',
      data: { dialog: data?.['dialog'], revision: data?.['revision'], step },
      ...(on && { on }),
    });
  }

  /**
   * Types into a pick-list whose choices the bot provides, on the newest card with one; returns their titles and
   * values.
   */
  async types(into: string, text: string): Promise<readonly { readonly title: string; readonly value: string }[]> {
    const message = await this.newest();
    const dataset = viewOf(message.card).inputs[into]?.dataset;
    if (!dataset) throw new Error(`the list ${into} does not ask the bot for its choices`);
    type Found = { results: { title: string; value: string }[] };
    const body = { ...this.#actor(), activityId: message.id, dataset, queryText: text };
    return (await this.#lab.post<Found>('search', body)).results;
  }

  /** The messages of the bot here, oldest first, as this person sees them. */
  async messages(history: 'all' | 'none' = 'none'): Promise<LabMessage[]> {
    const all = await this.#lab.messages(this.place, this.person, history);
    return all.filter(({ from, deleted }) => from.person === null && !deleted);
  }

  /** The messages of the bot that carry a card. */
  async cards(): Promise<LabMessage[]> {
    return (await this.messages()).filter(({ card }) => card);
  }

  /** The newest message with a card. */
  async newest(): Promise<LabMessage> {
    const message = (await this.cards()).at(-1);
    if (!message) throw new Error(`no card in ${this.place}`);
    return message;
  }

  /** The newest card, as this person sees it. */
  async card(): Promise<CardView> {
    return viewOf((await this.newest()).card);
  }

  /** The texts of the bot's messages that carry no card. */
  async pings(): Promise<LabMessage[]> {
    return (await this.messages()).filter(({ card }) => !card);
  }

  /**
   * Waits for a message without a card that says this; outside a personal chat it has to link to a card of the bot
   * here, or to the one above the thread.
   */
  async untilTold(text: string): Promise<LabMessage> {
    const told = await this.until(text, async () => (await this.pings()).find((one) => one.text?.includes(text)));
    const isPersonal = this.place.startsWith('a:'); // Teams has no links to messages there
    const cards = [...(await this.cards()).map(({ id }) => id), ...this.place.split(';messageid=').slice(1)];
    if (!isPersonal && !cards.some((id) => told.text?.includes(`${encodeURIComponent(id)}?`)))
      throw new Error(`it links to no card here: ${told.text}`);
    return told;
  }

  /** Waits until `look` returns something true. It is called again after each change here. */
  until<T>(awaited: string, look: () => Promise<T> | T, withinMs?: number): Promise<NonNullable<T>> {
    const waiting = this.#lab.until(`${awaited} (${this.place})`, look, { place: this.place, withinMs });
    return waiting.catch(async (error: Error) => {
      const newest = (await this.cards()).at(-1)?.card;
      throw new Error(`${error.message}; the newest card says:\n${newest ? viewOf(newest).text : '(there is none)'}`);
    });
  }

  /** Waits for a card whose newest version has this button. */
  untilButton(title: string, withinMs?: number): Promise<true> {
    const has = async () => (await this.cards()).length > 0 && (await this.card()).titles.includes(title);
    return this.until(`the button ${title}`, has, withinMs) as Promise<true>;
  }

  /** Waits until the newest card's title matches, and returns that card. */
  async untilTitle(title: RegExp | string, withinMs?: number): Promise<CardView> {
    const fits = (seen: string) => (typeof title === 'string' ? seen.includes(title) : title.test(seen));
    const look = async () => {
      const raw = (await this.cards()).at(-1)?.card;
      return raw && fits(titleOf(raw)) ? viewOf(raw) : null;
    };
    return this.until(`a card titled ${title}`, look, withinMs);
  }

  /** Waits until the newest card is a request, about this VM, that so many have approved; and returns that card. */
  untilWaits(stands: string, vm = '', withinMs?: number): Promise<CardView> {
    const look = async () => {
      const raw = (await this.cards()).at(-1)?.card;
      const card = raw ? viewOf(raw) : null;
      return card && card.shown.includes(`${stands} · until`) && card.title.includes(vm) ? card : null;
    };
    return this.until(`a request with ${stands} approvals`, look, withinMs);
  }

  /** Waits until the bot has checked: the newest card no longer says that it is checking. */
  untilLooked(withinMs?: number): Promise<CardView> {
    return this.untilTitle(/^(?!⏳)/u, withinMs);
  }

  /** Types something and waits until the bot has checked. */
  async asks(text: string): Promise<CardView> {
    const before = (await this.cards()).length;
    const personal = this.place.startsWith('a:');
    const greeting = personal && before === 0 ? 1 : 0; // a new personal chat begins with a greeting
    await this.says(text);
    await this.until(`a card after ${text}`, async () => (await this.cards()).length > before + greeting);
    return this.untilLooked();
  }

  /** Types `again`, and waits until the newest card's buttons are of a later state of its dialog than those before. */
  async checksAgain(): Promise<CardView> {
    const revision = async () =>
      Math.max(...(await this.card()).buttons.map(({ data }) => Number(data['revision'] ?? 0)));
    const before = await revision();
    await this.says('again');
    await this.until('a card of a later state', async () => (await revision()) > before);
    return this.untilLooked();
  }

  /** Waits for a card that has a button with this title: an edit may show an older card for a moment; the newest. */
  async messageWith(title: string): Promise<LabMessage> {
    const has = ({ card }: LabMessage) =>
      viewOf(card).buttons.some((button) => [button.title, button.heard].includes(title));
    return this.until(`a card with the button ${title}`, async () => (await this.cards()).findLast(has));
  }

  #actor() {
    const { person, place } = this;
    return { as: person, conversation: place, ...(this.#locale && { locale: this.#locale }) };
  }

  async #press(press: object): Promise<ClickAnswer> {
    type Pressed = { status: number; body: { type?: string; value?: unknown } | null };
    const { status, body } = await this.#lab.post<Pressed>('press', { ...this.#actor(), ...press });
    const isCard = body?.type === 'application/vnd.microsoft.card.adaptive';
    return {
      status,
      card: isCard ? viewOf(body.value) : null,
      text: !isCard && typeof body?.value === 'string' ? body.value : null,
    };
  }
}
