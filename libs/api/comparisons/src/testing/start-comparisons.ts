import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TargetResolver } from '@tandem/api/catalogue';
import { type CompletionSource, RunRegistry } from '@tandem/api/completion';
import { ENVIRONMENT, parseEnvironment } from '@tandem/api/config';
import { unknownModel } from '@tandem/api/faults';
import { furnishHttp, HttpModule, Readiness, type Route, RouteTable } from '@tandem/api/http';
import { SqliteDatabase, Store } from '@tandem/api/store';
import { WORKER } from '@tandem/api/store/testing';
import type { BlindReveal, Comparison, ComparisonRow, FrameError, RankedModel, TurnVotes, Vote, VoteSummary } from '@tandem/shared/contracts';
import { BlindController } from '../blind/blind.controller';
import { BlindTrials } from '../blind/blind-trials';
import { KeptBlinds } from '../blind/kept-blinds';
import { ComparisonsController } from '../comparisons.controller';
import { Exports } from '../export/exports';
import { COMPARISON_SCHEMA } from '../kept/comparison-schema';
import { KeptComparisons } from '../kept/kept-comparisons';
import { KeptVotes } from '../votes/kept-votes';
import { Voters } from '../votes/voters';
import { VotesController } from '../votes/votes.controller';

export interface StartOptions {
  /** What answers blind comparisons. Left out: both say who they are. */
  readonly old?: CompletionSource;
  readonly new?: CompletionSource;
  readonly variables?: Readonly<Record<string, string>>;
  /** Nothing can be kept, since the folder cannot be written to. */
  readonly isOff?: boolean;
}

/** What the routes of this room answer, all of them together. */
export interface Told extends VoteSummary, Omit<BlindReveal, 'choice'> {
  readonly id: string;
  readonly comparison: Comparison;
  readonly comparisons: readonly ComparisonRow[];
  readonly next_cursor: string | null;
  readonly vote: Vote & BlindReveal['vote'];
  readonly votes: readonly TurnVotes[];
  readonly models: readonly RankedModel[] & BlindReveal['models'];
  readonly streams: Readonly<Record<'left' | 'right', string>>;
  readonly error: FrameError & { readonly param?: string };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Told;
}

/** Says one thing, and that it took seven tokens. */
export const says = (text: string): CompletionSource => ({
  complete: async (_, sink) => {
    sink.text(text);
    return { finishReason: 'stop', usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }, ignoredParameters: ['top_k'] };
  },
});

/** A browser: it keeps the first cookie that it is given. */
function browser(origin: string) {
  let cookie: string | undefined;
  return async (line: string, body?: object): Promise<Answer> => {
    const [method = '', path = ''] = line.split(' ');
    const answer = await fetch(origin + path, {
      method,
      headers: { ...(cookie ? { Cookie: cookie } : {}), ...(body ? { 'Content-Type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    cookie ??= answer.headers.get('set-cookie')?.split(';')[0];
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: answer.status, headers: answer.headers, text, body: (isJson ? JSON.parse(text) : {}) as Told };
  };
}

/** All routes of this room over a store of their own and the models `old` and `new`. To be closed by who asks. */
export async function startComparisons({ isOff = false, variables = {}, ...sources }: StartOptions = {}) {
  Logger.overrideLogger(false);
  const folder = mkdtempSync(join(tmpdir(), 'comparisons-'));
  const store = new Store(new SqliteDatabase(isOff ? '/dev/null' : folder, WORKER), [COMPARISON_SCHEMA]);
  const models = new Map([
    ['old', sources.old ?? says('I am old')],
    ['new', sources.new ?? says('I am new')],
  ]);
  const targets = {
    resolve: async (id: string, param?: string) => {
      const source = models.get(id);
      if (source === undefined) throw unknownModel(id, [...models.keys()], param);
      return { card: { id }, defaults: {}, source };
    },
  };
  class TestModule {}
  Module({
    imports: [HttpModule],
    controllers: [ComparisonsController, VotesController, BlindController],
    providers: [
      KeptComparisons,
      KeptVotes,
      KeptBlinds,
      Exports,
      Voters,
      BlindTrials,
      RunRegistry,
      { provide: Store, useValue: store },
      { provide: TargetResolver, useValue: targets },
      { provide: Readiness, useValue: new Readiness() },
      { provide: ENVIRONMENT, useValue: parseEnvironment(variables) },
    ],
  })(TestModule);
  const app = await NestFactory.create<NestExpressApplication>(TestModule, { logger: false, bodyParser: false, forceCloseConnections: true });
  furnishHttp(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const visitor = () => browser(`http://127.0.0.1:${port}`);
  return {
    /** Another browser. */
    visitor,
    ask: visitor(),
    store,
    runs: app.get(RunRegistry),
    routes: app.get(RouteTable).routes as readonly Route[],
    close: async () => {
      await app.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
