import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface ForwardProxy {
  readonly url: URL;
  /** What it was asked for: `CONNECT host:port`, or `POST http://host:port/path`. */
  readonly asked: readonly string[];
  /** The last `Proxy-Authorization` that came. */
  readonly authorization: string | undefined;
  close(): Promise<void>;
}

/** A proxy as companies have one: by CONNECT and by whole addresses. Every name leads to loopback; `refuses` is a status to answer CONNECT with. */
export async function startForwardProxy({ refuses }: { readonly refuses?: number } = {}): Promise<ForwardProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let authorization: string | undefined;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    authorization = incoming.headers['proxy-authorization'];
    const { port, pathname, search } = new URL(incoming.url ?? '');
    const { 'proxy-authorization': _, ...headers } = incoming.headers;
    const onward = request({ host: '127.0.0.1', port, method: incoming.method, path: `${pathname}${search}`, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('socket', keep).on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.on('connection', keep);
  server.on('connect', (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    authorization = incoming.headers['proxy-authorization'];
    if (refuses !== undefined) return void socket.end(`HTTP/1.1 ${refuses} No\r\nContent-Length: 0\r\n\r\n`);
    const onward = connect(Number(new URL(`http://${incoming.url}`).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket as Socket);
    });
    keep(onward);
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    asked,
    get authorization() {
      return authorization;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
