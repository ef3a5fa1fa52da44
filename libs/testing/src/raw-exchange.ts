import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Sends bytes as they are, and gives what came back until the server closed the connection. */
export async function exchange(port: number, ...pieces: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = await dial(port);
  const answer = received(socket);
  for (const piece of pieces) socket.write(piece);
  return answer;
}

/** A connection in the hands of the test, which must destroy it. */
export async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  // what a server does to a bad client is part of the answer
  socket.on('error', () => undefined);
  return socket;
}

/** Everything that comes, once the server has closed the connection. */
export function received(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('close', () => resolve(Buffer.concat(chunks).toString()));
  });
}
