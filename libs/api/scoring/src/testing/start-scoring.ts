import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TargetResolver } from '@tandem/api/catalogue';
import type { PromptSource, ScoringSource } from '@tandem/api/completion';
import { unknownModel } from '@tandem/api/faults';
import { AnswerQuota, Departures, furnishHttp, HttpModule, Readiness } from '@tandem/api/http';
import { PairParity } from '../parity/pair-parity';
import { ScoringController } from '../scoring.controller';
import { Scorers } from '../scorers';
import { ScoringResponder } from '../scoring-responder';
import { SeriesController } from '../series.controller';
import { SeriesList } from '../series-list';
import { SeriesScoring } from '../series-scoring';
import { TextScoring } from '../text-scoring';

const open: NestExpressApplication[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** The scoring routes over one model `here`, which does as the test says, and one `there` that tells nothing. Closed after the test. */
export async function startScoring(score: ScoringSource['score'], ask?: PromptSource['ask']) {
  const models = new Map<string, object>([
    ['here', { card: { id: 'here' }, defaults: {}, scoring: { score }, ...(ask === undefined ? {} : { prompts: { ask } }) }],
    ['there', { card: { id: 'there' }, defaults: {} }],
  ]);
  const targets = {
    resolve: async (model: string, param?: string) => {
      const target = models.get(model);
      if (!target) throw unknownModel(model, [...models.keys()], param);
      return target;
    },
  };
  const readiness = new Readiness();
  @Module({
    controllers: [ScoringController, SeriesController],
    imports: [HttpModule],
    providers: [
      PairParity,
      Scorers,
      ScoringResponder,
      SeriesScoring,
      TextScoring,
      { provide: TargetResolver, useValue: targets },
      { provide: Readiness, useValue: readiness },
      { provide: SeriesList, useValue: { list: async () => [] } },
    ],
  })
  class TestModule {}
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { logger: false, bodyParser: false, forceCloseConnections: true });
  furnishHttp(app);
  await app.listen(0, '127.0.0.1');
  open.push(app);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const post = (path: string, body: unknown, { accept = '*/*', signal }: { readonly accept?: string; readonly signal?: AbortSignal } = {}) =>
    fetch(`http://127.0.0.1:${port}/api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: accept },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  return { post, readiness, quota: app.get(AnswerQuota), departures: app.get(Departures) };
}
