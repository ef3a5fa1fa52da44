import { Injectable, type MessageEvent } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { type RunOptions, RunRegistry, type RunRequest } from '@tandem/api/completion';
import { Readiness } from '@tandem/api/http';
import type { Response } from 'express';
import type { Observable } from 'rxjs';
import { eventsOf } from './event-stream';

export interface StreamOptions extends RunOptions {
  readonly response: Response;
  /** Aborted when the connection is over. */
  readonly left: AbortSignal;
}

/** Opens a run for a request and hands its frames to the response. */
@Injectable()
export class StreamOpener {
  constructor(
    private readonly targets: TargetResolver,
    private readonly runs: RunRegistry,
    private readonly readiness: Readiness,
  ) {}

  /** @throws Fault before the first byte: an unknown model, a request it cannot answer, or a server that takes no new work. */
  async open(model: string, request: RunRequest, { response, left, ...options }: StreamOptions): Promise<Observable<MessageEvent>> {
    this.readiness.refuseNewWork();
    const run = await this.runs.admit(await this.targets.resolve(model), request, left, options);
    response.setHeader('X-Stream-Id', run.id);
    return eventsOf(run, response);
  }
}
