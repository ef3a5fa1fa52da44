import { Injectable } from '@nestjs/common';
import { type Run, RunRegistry } from '@tandem/api/completion';
import type { FaultCode } from '@tandem/shared/contracts';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ModelLabels } from './model-labels';

const FIRST_TOKEN_SECONDS = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120];

/** Counts answers, not the requests that follow them: one that is resumed counts once. Those that runs over prompt sets ask for count as well. */
@Injectable()
export class AnswerMetrics {
  private readonly labels = new ModelLabels();
  private readonly answers: Counter;
  private readonly refusals: Counter;
  private readonly upstreamErrors: Counter;
  private readonly promptTokens: Counter;
  private readonly completionTokens: Counter;
  private readonly firstToken: Histogram;

  constructor(registry: Registry, runs: RunRegistry) {
    const registers = [registry];
    const counter = (name: string, help: string, ...labelNames: string[]) => new Counter({ name, help, labelNames: ['model', ...labelNames], registers });
    this.answers = counter('tandem_answers_total', 'Answers that are over, by how they ended: a finish reason or the code of an error', 'outcome');
    this.refusals = counter('tandem_answers_refused_total', 'Answers that were refused before they began, by the code of the error', 'code');
    this.upstreamErrors = counter('tandem_upstream_errors_total', 'Failures of model servers, by the code of the error', 'code');
    this.promptTokens = counter('tandem_prompt_tokens_total', 'Tokens that models read, as they counted them');
    this.completionTokens = counter('tandem_completion_tokens_total', 'Tokens that models wrote, as they counted them');
    this.firstToken = new Histogram({
      name: 'tandem_time_to_first_token_seconds',
      help: 'From a request to the first token of its answer, waiting and loading included',
      labelNames: ['model'],
      buckets: FIRST_TOKEN_SECONDS,
      registers,
    });
    gauge(registry, 'tandem_answers_active', 'Answers that are being made', () => runs.active.filter(({ isQueued }) => !isQueued).length);
    gauge(registry, 'tandem_answers_queued', 'Answers that wait for their turn at a model', () => runs.active.filter(({ isQueued }) => isQueued).length);
    runs.endings.subscribe((run) => this.count(run));
    runs.refusals.subscribe(({ model, fault }) => {
      this.refusals.inc({ model: this.labels.of(model), code: fault.code });
      this.countFailure(model, fault.code);
    });
  }

  private count({ modelId, outcome }: Run): void {
    if (outcome === undefined) return;
    const model = this.labels.of(modelId);
    const { error, finish_reason, usage, timings } = outcome;
    this.answers.inc({ model, outcome: error?.code ?? finish_reason ?? 'other' });
    if (error) this.countFailure(modelId, error.code);
    if (usage) this.promptTokens.inc({ model }, Math.max(0, usage.prompt_tokens));
    if (usage) this.completionTokens.inc({ model }, Math.max(0, usage.completion_tokens));
    if (timings.ttft_ms !== null) this.firstToken.observe({ model }, timings.ttft_ms / 1000);
  }

  private countFailure(model: string, code: FaultCode): void {
    if (code.startsWith('upstream_')) this.upstreamErrors.inc({ model: this.labels.of(model), code });
  }
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
