import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Catalogue, TargetResolver } from '@tandem/api/catalogue';
import { type CompletionRequest, type CompletionSource, RunRegistry } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { furnishHttp, HttpModule, Readiness } from '@tandem/api/http';
import type { ModelCard, SamplingParameters } from '@tandem/shared/contracts';
import { AnswerOpener } from '../answer-opener';
import { OpenAiController } from '../openai.controller';

export interface OpenAiChanges extends Partial<CompletionSource> {
  /** What the model's entry in the configuration says. */
  readonly defaults?: Partial<SamplingParameters>;
}

const open: NestExpressApplication[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** OpenAI's routes over one model, `echo`, which says its prompt back unless the test says otherwise. Closed after the test. */
export async function startOpenAi({ defaults = {}, ...changes }: OpenAiChanges = {}) {
  const seen: CompletionRequest[] = [];
  const source: CompletionSource = {
    ...changes,
    complete: async (request, sink, signal) => {
      seen.push(request);
      if (changes.complete) return changes.complete(request, sink, signal);
      sink.text(request.messages.at(-1)?.content || '…');
      return { finishReason: 'stop', usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }, cachedTokens: 1 };
    },
  };
  const targets = {
    resolve: async (model: string) => {
      if (model !== 'echo') throw new Fault('model_not_found', 'No model has this id.', { param: 'model' });
      return { card: { id: 'echo' } as ModelCard, defaults, source };
    },
  };
  @Module({
    controllers: [OpenAiController],
    imports: [HttpModule],
    providers: [
      AnswerOpener,
      RunRegistry,
      { provide: TargetResolver, useValue: targets },
      { provide: Catalogue, useValue: {} },
      { provide: Readiness, useValue: new Readiness() },
    ],
  })
  class TestModule {}
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { logger: false, bodyParser: false, forceCloseConnections: true });
  furnishHttp(app);
  await app.listen(0, '127.0.0.1');
  open.push(app);
  const origin = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const post = (path: string, body: object) =>
    fetch(`${origin}/v1/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ model: 'echo', ...body }) });
  const chat = (fields: object) => post('chat/completions', { messages: [{ role: 'user', content: 'Hi' }], ...fields });
  const complete = (fields: object) => post('completions', { prompt: 'Hi', ...fields });
  return { origin, seen, post, chat, complete };
}
