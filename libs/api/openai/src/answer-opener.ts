import { Injectable } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { RunRegistry } from '@tandem/api/completion';
import { clientOf, Readiness } from '@tandem/api/platform';
import type { Request, Response } from 'express';
import { AnswerChunks } from './answer-chunks';
import type { AnswerShape } from './answer-shape';
import type { Asked } from './read-request';
import { streamAnswer } from './stream-answer';
import { sendWhole } from './whole-answer';

/** Opens a run for a request and writes its answer, as it comes or as a whole. A client that leaves ends the run. */
@Injectable()
export class AnswerOpener {
  constructor(
    private readonly targets: TargetResolver,
    private readonly runs: RunRegistry,
    private readonly readiness: Readiness,
  ) {}

  /** @throws Fault as long as no byte has gone out */
  async answer(asked: Asked, shape: AnswerShape, request: Request, response: Response): Promise<void> {
    this.readiness.refuseNewWork();
    const left = new AbortController();
    response.once('close', () => left.abort());
    const run = await this.runs.admit(await this.targets.resolve(asked.model), asked.request, left.signal, { client: clientOf(request) });
    response.setHeader('X-Stream-Id', run.id);
    const base = { id: shape.prefix + run.id, created: Math.floor(Date.now() / 1000), model: run.modelId };
    if (!asked.isStream) return sendWhole(run, shape, base, response);
    return streamAnswer(run, new AnswerChunks(run, shape, base, asked.wantsUsage), response);
  }
}
