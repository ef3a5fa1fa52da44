import { setTimeout as delay } from 'node:timers/promises';
import { chatEvent, chunk, event, EVENT_STREAM_HEAD, LAST_CHUNK, type MisbehavingServer, startMisbehavingServer } from '@tandem/testing';

export interface TalkingServer {
  readonly port: number;
  /** What was said to each prompt so far. */
  readonly said: ReadonlyMap<string, string>;
  /** Ends every answer, completely. */
  finish(): void;
  close(): Promise<void>;
}

/** A model server that talks to every prompt `stream <n>`, a piece every few milliseconds, its bytes cut anywhere, until it is told to finish. */
export async function startTalkingServer(): Promise<TalkingServer> {
  const said = new Map<string, string>();
  let isOver = false;
  const server: MisbehavingServer = await startMisbehavingServer(async (connection, request) => {
    const [, prompt] = /"content":"(stream \d+)"/.exec(request) ?? [];
    // Somebody only looks whether it is there.
    if (prompt === undefined) return connection.close();
    said.set(prompt, '');
    await connection.write(EVENT_STREAM_HEAD);
    for (let count = 0; !isOver; count += 1) {
      const piece = `${prompt}: ${count} naïve 👩‍👩‍👧\n`;
      said.set(prompt, said.get(prompt) + piece);
      const bytes = Buffer.from(chatEvent(piece));
      const cut = count % bytes.length;
      for (const part of [bytes.subarray(0, cut), bytes.subarray(cut)]) if (part.length > 0) await connection.write(chunk(part));
      await delay(10);
    }
    await connection.write(chunk(chatEvent(null, 'stop')));
    await connection.write(chunk(event('[DONE]')));
    await connection.write(LAST_CHUNK);
  });
  return { port: server.port, said, finish: () => (isOver = true), close: () => server.close() };
}
