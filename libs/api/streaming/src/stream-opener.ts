import { Injectable, type MessageEvent } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { type RunOptions, RunRegistry, type RunRequest } from '@tandem/api/completion';
import { Fault, Readiness } from '@tandem/api/platform';
import type { Response } from 'express';
import type { Observable } from 'rxjs';
import { eventsOf } from './event-stream';

/** Opens a run for a request and hands its frames to the response. */
@Injectable()
export class StreamOpener {
  constructor(
    private readonly targets: TargetResolver,
    private readonly runs: RunRegistry,
    private readonly readiness: Readiness,
  ) {}

  /** @throws Fault before the first byte: an unknown model, or a server that takes no new work. */
  async open(model: string, request: RunRequest, response: Response, options: RunOptions = {}): Promise<Observable<MessageEvent>> {
    if (this.readiness.isDraining) {
      throw new Fault('server_restarting', 'The server is restarting. Send the prompt again in a moment.', { retryable: true });
    }
    const run = this.runs.open(await this.targets.resolve(model), request, options);
    response.setHeader('X-Stream-Id', run.id);
    return eventsOf(run);
  }
}
