import { request as ask, type IncomingMessage, type RequestListener, type Server as PlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect, type Socket } from 'node:net';
import { Server as Proxy } from 'proxy-chain';
import { generate } from 'selfsigned';

type Hosts = Readonly<Record<string, RequestListener>>;

/**
 * An internet behind a proxy: hosts with certificates of a private CA, reachable only through the proxy. `passed`
 * counts the connections that were requested from the proxy, by host.
 */
export class ProxiedInternet implements AsyncDisposable {
  readonly passed = new Map<string, number>();
  readonly certificate: string;
  readonly #proxy: Proxy;
  readonly #hosts: Server;

  private constructor({ certificate, key, hosts }: { certificate: string; key: string; hosts: Hosts }) {
    this.certificate = certificate;
    this.#hosts = createServer({ cert: certificate, key }, (request, response) => {
      const host = hosts[request.headers.host ?? ''];
      if (host) host(request, response);
      else response.writeHead(502).end();
    });
    const prepareRequestFunction = ({ hostname }: { readonly hostname: string }) => {
      this.passed.set(hostname, (this.passed.get(hostname) ?? 0) + 1);
      return { customConnectServer: this.#hosts as unknown as PlainServer };
    };
    this.#proxy = new Proxy({ port: 0, host: '127.0.0.1', prepareRequestFunction });
  }

  /** Opens it. `sockets`: the servers on this machine that the sockets of a host lead to. */
  static async start(hosts: Hosts, sockets: Readonly<Record<string, () => string>> = {}): Promise<ProxiedInternet> {
    const altNames = [...Object.keys(hosts), ...Object.keys(sockets)].map((value) => ({ type: 2 as const, value }));
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'Contoso inspection' }], {
      algorithm: 'sha256',
      extensions: [{ name: 'subjectAltName', altNames }],
    });
    const internet = new ProxiedInternet({ certificate: cert, key, hosts });
    internet.#hosts.on('upgrade', (request: IncomingMessage, socket: Socket) => {
      const to = sockets[request.headers.host ?? ''];
      if (to) passOn(request, socket, new URL(to()).port);
      else socket.destroy();
    });
    await internet.#proxy.listen();
    return internet;
  }

  get proxyUrl(): string {
    return `http://127.0.0.1:${this.#proxy.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#proxy.close(true);
    this.#hosts.closeAllConnections();
  }
}

/** Passes an upgrade on as it is; a socket's bytes follow. */
function passOn(request: IncomingMessage, socket: Socket, port: string): void {
  const onward = connect(Number(port), '127.0.0.1');
  const headers = request.rawHeaders.map((text, at) => text + (at % 2 === 0 ? ': ' : '\r\n')).join('');
  onward.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers}\r\n`);
  onward.pipe(socket).pipe(onward);
  for (const end of [onward, socket]) end.on('error', () => (onward.destroy(), socket.destroy()));
}

/** A host that is a server on this machine; it gets the requested address. */
export function forwarded(url: () => string): RequestListener {
  return (request, response) => {
    const headers = {
      ...request.headers,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': request.headers.host,
      host: new URL(url()).host,
    };
    const onward = ask(`${url()}${request.url}`, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  };
}
