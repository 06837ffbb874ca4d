import express from 'express';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLab, type Lab } from '../../src/lab/lab.ts';
import { BotChat, type PersonKey } from './bot-chat.ts';
import { LabClient } from './lab-client.ts';

const nobody = 'http://127.0.0.1:9'; // the discard port: nobody listens there

/**
 * The chat platform of a bot under test, in a server of its own: like Teams, it outlives the bot, and may talk to one
 * process or to several in turn.
 */
export class ChatPlatform {
  readonly client: LabClient;
  readonly #server: Server;
  readonly #lab: Lab;
  #bots: readonly string[] = [];
  #turn = 0;

  private constructor(server: Server, lab: Lab, url: string) {
    this.#server = server;
    this.#lab = lab;
    this.client = new LabClient(url);
  }

  static async start(): Promise<ChatPlatform> {
    const app = express();
    const server = createServer(app);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let platform: ChatPlatform | null = null;
    const botEndpoint = () => `${platform?.nextBot() ?? nobody}/api/messages`;
    const lab = createLab({ botEndpoint, baseUrl: () => url });
    app.use(lab.router);
    platform = new ChatPlatform(server, lab, url);
    return platform;
  }

  /** From now on sends activities to these processes in turn; to nobody if there are none. */
  speaksTo(...bots: readonly string[]): void {
    this.#bots = bots;
  }

  nextBot(): string {
    this.#turn += 1;
    return this.#bots[this.#turn % Math.max(1, this.#bots.length)] ?? nobody;
  }

  /** Somebody in their personal chat with the bot. */
  as(person: PersonKey): BotChat {
    return new BotChat(this.client, person, `a:lab-${person}`);
  }

  /** Somebody says this in the channel: returns the thread that it begins, and the bot's HTTP status (0: no answer). */
  async says(person: PersonKey, text: string): Promise<{ readonly chat: BotChat; readonly status: number }> {
    type Said = { conversation: string; bot: { status: number } | null };
    const said = await this.client.post<Said>('say', { as: person, conversation: 'general', text });
    return { chat: new BotChat(this.client, person, said.conversation), status: said.bot?.status ?? 0 };
  }

  /** Gets the bot's greeting out of the way: everybody has said hello. */
  async meets(...people: readonly PersonKey[]): Promise<void> {
    for (const person of people) {
      await this.client.post('open', { as: person, conversation: 'general' });
      await this.client.post('open', { as: person, conversation: `a:lab-${person}` });
    }
  }

  /** Sends a person's newest message again, as a platform does when it gets no answer. */
  async repeats(text: string): Promise<number> {
    const all = await this.client.exchanges();
    const last = all.findLast(({ direction, request }) => direction === 'to-bot' && says(request, text));
    if (!last) throw new Error(`nobody said ${text}`);
    return (await this.client.redeliver(last.seq)).status;
  }

  /** Adds a fault of the connector. */
  async fault(fault: object): Promise<void> {
    await this.client.post('faults', fault);
  }

  async close(): Promise<void> {
    this.client.close();
    await this.#lab.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function says(request: unknown, text: string): boolean {
  const said = (request as { text?: unknown } | null)?.text;
  return typeof said === 'string' && said.includes(text);
}
