import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TargetResolver } from '@tandem/api/catalogue';
import { type CompletionRequest, type CompletionSink, type CompletionSource, RunRegistry } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { furnishHttp, HttpModule, Readiness, type ServerLimits } from '@tandem/api/http';
import type { ModelCard } from '@tandem/shared/contracts';
import { share } from '@tandem/testing';
import { StreamOpener } from '../stream-opener';
import { StreamingController } from '../streaming.controller';

/** A source the test holds in its hand: it says a prompt back letter by letter, or begins and says what the test says. */
function puppet(changes: Pick<CompletionSource, 'admit'>) {
  const seen: CompletionRequest[] = [];
  const sinks: CompletionSink[] = [];
  let stopped!: () => void;
  const whenStopped = new Promise<void>((resolve) => (stopped = resolve));
  let finish!: () => void;
  const whenFinished = new Promise<void>((resolve) => (finish = resolve));
  const source: CompletionSource = {
    ...changes,
    complete: async (request, sink, signal) => {
      seen.push(request);
      sinks.push(sink);
      const prompt = request.messages.at(-1)?.content ?? '';
      if (prompt.startsWith('endless')) {
        if (prompt !== 'endless and silent') sink.text('first');
        const whenLeft = new Promise<'left'>((resolve) => signal.addEventListener('abort', () => resolve('left')));
        if ((await Promise.race([whenLeft, whenFinished])) !== 'left') return { finishReason: 'stop' };
        stopped();
        return { finishReason: 'cancelled' };
      }
      for (const character of prompt) sink.text(character);
      return { finishReason: 'stop' };
    },
  };
  return { seen, whenStopped, finish, source, say: (text: string) => sinks.at(-1)?.text(text) };
}

export interface StreamingChanges extends Pick<CompletionSource, 'admit'> {
  readonly limits?: Partial<ServerLimits>;
}

const open: NestExpressApplication[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** The streaming routes over one model, `echo`. Closed after the test. */
export async function startStreaming(changes: StreamingChanges = {}) {
  const streaming = await listen(changes);
  open.push(streaming.app);
  return streaming;
}

/** The same for all tests of a `describe`: for requests that leave nothing behind. */
export const shareStreaming = () =>
  share(async (closing) => {
    const streaming = await listen();
    closing(() => streaming.app.close());
    return streaming;
  });

async function listen({ limits = {}, ...changes }: StreamingChanges = {}) {
  const { source, ...hand } = puppet(changes);
  const readiness = new Readiness();
  const targets = {
    resolve: async (model: string) => {
      if (model !== 'echo') throw new Fault('model_not_found', 'No model has this id.', { param: 'model' });
      return { card: { id: 'echo' } as ModelCard, defaults: {}, source };
    },
  };
  @Module({
    controllers: [StreamingController],
    imports: [HttpModule],
    providers: [StreamOpener, RunRegistry, { provide: TargetResolver, useValue: targets }, { provide: Readiness, useValue: readiness }],
  })
  class TestModule {}
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { logger: false, bodyParser: false, forceCloseConnections: true });
  furnishHttp(app, { limits });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const post = (body: unknown, headers: Record<string, string> = {}, signal: AbortSignal | null = null) =>
    fetch(`${origin}/stream`, {
      method: 'POST',
      signal,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { app, origin, port, readiness, runs: app.get(RunRegistry), post, ...hand };
}
