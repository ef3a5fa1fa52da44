import { EventEmitter, once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** One connection to a misbehaving server, in the hands of the test. */
export interface Connection {
  /** What the client has sent so far. */
  readonly received: string;
  /** Writes bytes as they are; resolves when they are handed to the system. */
  write(bytes: string | Uint8Array): Promise<void>;
  /** Ends the connection in good order. */
  close(): void;
  /** Ends it with a reset. */
  reset(): void;
  /** Resolves when the client has closed or destroyed its side. */
  readonly closedByClient: Promise<void>;
}

export interface MisbehavingServer {
  readonly port: number;
  readonly url: URL;
  /** Every request that came, its head and body as text. */
  readonly requests: readonly string[];
  readonly openConnections: number;
  /** The n-th connection, counted from 1, once its first bytes have arrived. */
  connected(n: number): Promise<Connection>;
  /** The connection of the n-th request, counted from 1, once that request has arrived. */
  arrival(n: number): Promise<Connection>;
  close(): Promise<void>;
}

/** Plays one request's answer. It may return early and go on whenever the test wants. */
export type Script = (connection: Connection, request: string) => void | Promise<void>;

/** The request once it has arrived as a whole, by its Content-Length; one character is one byte. */
function takeRequest(text: string): string | null {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const length = Number(/^content-length: *(\d+)/im.exec(text.slice(0, headEnd))?.[1] ?? 0);
  const end = headEnd + 4 + length;
  return text.length < end ? null : text;
}

function connectionOver(socket: Socket, received: () => string): Connection {
  return {
    get received() {
      return received();
    },
    write: (bytes) => new Promise((resolve) => (socket.destroyed ? resolve() : socket.write(bytes, () => resolve()))),
    close: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    closedByClient: new Promise((resolve) => {
      socket.once('end', resolve);
      socket.once('close', () => resolve());
    }),
  };
}

/**
 * Starts a server that answers each request byte by byte as the script says, well or badly. Owns its sockets; `close`
 * destroys them.
 */
export async function startMisbehavingServer(script: Script): Promise<MisbehavingServer> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const arrivals = new EventEmitter();
  const connections: Connection[] = [];
  const asking: Connection[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let waiting = '';
    const connection = connectionOver(socket, () => waiting);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', () => {
      connections.push(connection);
      arrivals.emit('connection');
    });
    socket.on('data', (bytes) => {
      waiting += bytes.toString('latin1');
      const request = takeRequest(waiting);
      if (request === null) return;
      waiting = '';
      const text = Buffer.from(request, 'latin1').toString();
      requests.push(text);
      asking.push(connection);
      arrivals.emit('request');
      void script(connection, text);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: new URL(`http://127.0.0.1:${port}/`),
    requests,
    get openConnections() {
      return sockets.size;
    },
    async connected(n) {
      while (connections.length < n) await once(arrivals, 'connection');
      return connections[n - 1] as Connection;
    },
    async arrival(n) {
      while (asking.length < n) await once(arrivals, 'request');
      return asking[n - 1] as Connection;
    },
    async close() {
      if (!server.listening) return;
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
