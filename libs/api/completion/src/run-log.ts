import { Injectable, Logger } from '@nestjs/common';
import type { Run } from './run';
import { RunRegistry } from './run-registry';

/** Writes one line per answer when it is over: by which model, how it ended, how much and how fast. Never what it says. */
@Injectable()
export class RunLog {
  private readonly logger = new Logger('Answers');

  constructor(runs: RunRegistry) {
    runs.endings.subscribe((run) => this.write(run));
  }

  private write({ id, modelId, outcome }: Run): void {
    if (outcome === undefined) return;
    const { finish_reason, error, usage, timings } = outcome;
    const how = error?.code ?? finish_reason;
    const tokens = usage === undefined ? '' : `, ${usage.prompt_tokens} + ${usage.completion_tokens} tokens`;
    this.logger.log({
      msg: `${modelId}: ${how}${tokens} in ${timings.total_ms} ms`,
      event: 'answer',
      stream_id: id,
      model: modelId,
      ...(finish_reason === undefined ? {} : { finish_reason }),
      ...(error === undefined ? {} : { code: error.code }),
      ...(usage === undefined ? {} : { prompt_tokens: usage.prompt_tokens, completion_tokens: usage.completion_tokens }),
      ttft_ms: timings.ttft_ms,
      total_ms: timings.total_ms,
    });
  }
}
