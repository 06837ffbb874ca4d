import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP connection to a server on this machine that a test can cut and mend, and on which it counts round trips. */
export class Line {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #isFrozen = false;
  #trips = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Opens a line to `port` on a port of its own. */
  static async open(port: number): Promise<Line> {
    const server = createServer({ allowHalfOpen: true });
    const line = new Line(server);
    server.on('connection', (near) => line.#join(near, port));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return line;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How often a client sent something after the server had last sent something, or at the beginning. */
  get trips(): number {
    return this.#trips;
  }

  /** Breaks every connection, and every new one until it is mended. */
  cut(): void {
    this.#isCut = true;
    this.break();
  }

  /** New connections go through again; what was frozen is lost. */
  mend(): void {
    this.#isCut = false;
    this.#isFrozen = false;
  }

  /**
   * Lets nothing through any more and tells nobody, like a network that loses every packet. New connections hang, too.
   */
  freeze(): void {
    this.#isFrozen = true;
    for (const socket of this.#sockets) hold(socket);
  }

  /** Breaks every connection once; a new one works at once. */
  break(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  /** Ends the line. */
  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(near: Socket, port: number): void {
    if (this.#isCut) return void near.destroy();
    const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const ends = [near, far];
    for (const end of ends) {
      this.#sockets.add(end);
      end.setNoDelay(true);
      end.on('error', () => ends.forEach((each) => each.destroy()));
      end.on('close', () => this.#sockets.delete(end));
    }
    let isAsked = false;
    near.on('data', () => {
      if (!isAsked) this.#trips += 1;
      isAsked = true;
    });
    far.on('data', () => (isAsked = false));
    near.pipe(far);
    far.pipe(near);
    if (this.#isFrozen) ends.forEach(hold);
  }
}

/** The connection stays open, and nothing that arrives is passed on. */
function hold(socket: Socket): void {
  socket.unpipe();
  socket.pause();
}
