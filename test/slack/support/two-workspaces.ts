import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSlackEmulator, type SlackEmulator } from '../../../src/lab/slack/slack-emulator.ts';
import { slackTeam } from '../../../src/lab/slack/workspace.ts';

/** The workspaces, by the bot's token in each. People and channels have the same IDs in both. */
export const tokens = { contoso: 'xoxb-of-contoso', fabrikam: 'xoxb-of-fabrikam' } as const;
export const teams = { contoso: slackTeam.id, fabrikam: 'T0FABRIKAM' } as const;
export type Workspace = keyof typeof tokens;

export const app = { clientId: '1234.5678', clientSecret: 'hush-client' } as const;
export const signingSecret = 'hush-signing';

/**
 * Slack with two workspaces: an emulator for each behind one Web API, which distinguishes them by token. The second
 * differs from the first only in its ID, which is inserted on the way.
 */
export class TwoWorkspaces implements AsyncDisposable {
  readonly #emulators: Readonly<Record<Workspace, SlackEmulator>>;
  readonly #server: Server;
  readonly asked: { workspace: Workspace; method: string; body: string }[] = [];
  bot = 'http://127.0.0.1:9';
  /** The second one's ID. */
  second: string = teams.fabrikam;

  private constructor(server: Server, emulators: Readonly<Record<Workspace, SlackEmulator>>) {
    this.#server = server;
    this.#emulators = emulators;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#pass(request, response));
  }

  static async start(): Promise<TwoWorkspaces> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    let slack: TwoWorkspaces | null = null;
    const common = { port: 0, signingSecret, app, answerMs: 60_000 };
    const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [contoso, fabrikam] = await Promise.all([
      startSlackEmulator({ ...common, token: tokens.contoso, botUrl: () => slack?.bot ?? '' }),
      startSlackEmulator({ ...common, token: tokens.fabrikam, botUrl: () => own }),
    ]);
    slack = new TwoWorkspaces(server, { contoso, fabrikam });
    return slack;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/`;
  }

  /** Somebody allows what Slack's page requests in a workspace: returns where their browser is redirected. */
  async allows(workspace: Workspace, url: string): Promise<string> {
    const response = await fetch(`${this.url(workspace)}/_slack/authorize`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: 'admin', url }),
    });
    const { location } = (await response.json()) as { location: string };
    return workspace === 'contoso' ? location : location.replace(teams.contoso, this.second);
  }

  /** The URLs for people of a workspace. */
  url(workspace: Workspace): string {
    return this.#emulators[workspace].url;
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const path = request.url ?? '';
    const isToBot = path === '/slack/events';
    const workspace = isToBot ? 'fabrikam' : workspaceOf(request, body.includes(this.second));
    if (!isToBot) this.asked.push({ workspace, method: path.replace('/api/', ''), body });
    const answer = await (isToBot ? this.#toBot(request, body) : this.#toSlack(workspace, request, body));
    const text = await answer.text();
    const told = workspace === 'fabrikam' && !isToBot ? text.replaceAll(teams.contoso, this.second) : text;
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(told);
  }

  /** Signed again, since it names another workspace now. */
  #toBot({ headers }: IncomingMessage, sent: string): Promise<Response> {
    const body = sent.replaceAll(teams.contoso, this.second);
    const at = String(headers['x-slack-request-timestamp']);
    const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex')}`;
    return fetch(`${this.bot}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': String(headers['content-type']),
        'x-slack-request-timestamp': at,
        'x-slack-signature': signature,
      },
      body,
    });
  }

  #toSlack(workspace: Workspace, { headers, url }: IncomingMessage, body: string): Promise<Response> {
    return fetch(`${this.#emulators[workspace].url}${url}`, {
      method: 'POST',
      headers: {
        'content-type': headers['content-type'] ?? 'application/x-www-form-urlencoded',
        ...(headers.authorization && { authorization: headers.authorization }),
      },
      body: body.replaceAll(this.second, teams.contoso),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await Promise.all(Object.values(this.#emulators).map((emulator) => emulator.close()));
  }
}

/** By the token; a code names its own workspace. */
function workspaceOf({ headers }: IncomingMessage, isNamed: boolean): Workspace {
  const isFabrikam = isNamed || headers.authorization === `Bearer ${tokens.fabrikam}`;
  return isFabrikam ? 'fabrikam' : 'contoso';
}
