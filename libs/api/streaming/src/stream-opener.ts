import { Injectable } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { type RunOptions, RunRegistry, type RunRequest } from '@tandem/api/completion';
import { leavingOf, Readiness } from '@tandem/api/http';
import type { Response } from 'express';
import { sendEvents } from './event-stream';

export interface StreamOptions extends RunOptions {
  readonly response: Response;
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
  async open(model: string, request: RunRequest, { response, ...options }: StreamOptions): Promise<void> {
    this.readiness.refuseNewWork();
    const left = leavingOf(response);
    sendEvents(await this.runs.admit(await this.targets.resolve(model), request, left, options), response);
  }
}
