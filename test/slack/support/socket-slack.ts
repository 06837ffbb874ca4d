import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import WebSocket from 'ws';
import { startSlackEmulator, type SlackEmulator } from '../../../src/lab/slack/slack-emulator.ts';
import { eventually } from '../../support/eventually.ts';

const nobody = 'http://127.0.0.1:9'; // events come over the socket

/** How long one command may remain without an acknowledgement before it is typed again. */
const patienceForOneMs = 10_000;

/** The app's answer to an envelope. */
export type Acknowledged = { readonly envelope_id: string; readonly payload: Record<string, unknown> };

/**
 * Slack for an app in Socket Mode: `apps.connections.open` returns the URL of a socket, over which everything arrives
 * in envelopes. The rest of the Web API is the emulator's.
 */
export class SocketSlack implements AsyncDisposable {
  readonly acknowledged: Acknowledged[] = [];
  /** How many sockets were opened so far. */
  opened = 0;
  readonly emulator: SlackEmulator;
  readonly #server: Server;
  readonly #sockets: WebSocket.Server;
  #asked: string[] = [];
  #sent = 0;

  private constructor(emulator: SlackEmulator) {
    this.emulator = emulator;
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#sockets = new WebSocket.Server({ server: this.#server });
    this.#sockets.on('connection', (socket) => this.#greet(socket));
  }

  static async start(token: string): Promise<SocketSlack> {
    const emulator = await startSlackEmulator({ port: 0, botUrl: () => nobody, signingSecret: 'none', token });
    const slack = new SocketSlack(emulator);
    slack.#server.listen(0, '127.0.0.1');
    await once(slack.#server, 'listening');
    return slack;
  }

  /** The value of `SLACK_API_URL`. */
  get apiUrl(): string {
    return `http://${this.#host}/api/`;
  }

  /** The tokens with which sockets were requested. */
  get tokens(): readonly string[] {
    return this.#asked;
  }

  /** Sends something in an envelope; resolves with the envelope's ID at once. */
  send(type: 'slash_commands' | 'events_api' | 'interactive', payload: object, more: object = {}): string {
    this.#sent += 1;
    const envelope_id = `envelope-${this.#sent}`;
    this.#tell({ envelope_id, type, payload, accepts_response_payload: type !== 'events_api', ...more });
    return envelope_id;
  }

  /**
   * A slash command. If the app acknowledges nothing, since it was just about to connect anew, it is typed again, as
   * Slack asks people to.
   */
  async types(payload: object): Promise<void> {
    await eventually('the acknowledgement of a command', async () => {
      await eventually('a connection', () => this.#open !== undefined);
      const id = this.send('slash_commands', payload);
      const isAcknowledged = () => this.acknowledged.some(({ envelope_id }) => envelope_id === id);
      return eventually('it', isAcknowledged, patienceForOneMs).catch(() => false);
    });
  }

  /** Waits for the acknowledgement of an envelope. */
  acknowledgement(id: string): Promise<Acknowledged> {
    return eventually(`the acknowledgement of ${id}`, () =>
      this.acknowledged.find(({ envelope_id }) => envelope_id === id),
    );
  }

  /** Tells the app to reconnect, as Slack does every few hours. */
  asksToReconnect(): void {
    this.#tell({ type: 'disconnect', reason: 'refresh_requested' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await this.emulator.close();
  }

  get #host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #greet(socket: WebSocket): void {
    this.opened += 1;
    socket.on('message', (data) => this.acknowledged.push(JSON.parse(String(data)) as Acknowledged));
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0KLUIS001' } }));
  }

  #tell(message: object): void {
    if (!this.#open) throw new Error('the app is not connected');
    this.#open.send(JSON.stringify(message));
  }

  /** The newest connection: of an earlier one it may not be known yet that the app gave it up. */
  get #open(): WebSocket | undefined {
    return [...this.#sockets.clients].findLast(({ readyState }) => readyState === WebSocket.OPEN);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    if (request.url === '/api/apps.connections.open') {
      this.#asked.push(request.headers.authorization ?? '');
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify({ ok: true, url: `ws://${this.#host}/link` }));
    }
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
    const answer = await fetch(`${this.emulator.url}${request.url}`, {
      method: request.method ?? 'POST',
      headers: { authorization, 'content-type': type },
      body,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(await answer.text());
  }
}
