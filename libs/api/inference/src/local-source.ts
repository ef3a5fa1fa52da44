import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdmittedSource, type CompletionEnd, type CompletionRequest, type CompletionSink, type CompletionSource } from '@tandem/api/completion';
import { untilAborted } from '@tandem/shared/concurrency';
import type { EngineProgress } from '@tandem/shared/engine-protocol';
import { generateCall } from './generate-call';
import type { LoadWatcher } from './load-task';
import type { LocalModel, LocalModelParts } from './local-model';
import { PromptCheck } from './prompt-check';
import { refuseDemands } from './refuse-demands';
import { refuseWhatCannotAnswer } from './refuse-what-cannot-answer';
import { RuleCheck } from './rule-check';

/** How long a stopped answer waits for the engine's own end, which has the usage. It arrives after the running batch. */
const CANCEL_GRACE_MS = 400;

const CANCELLED: CompletionEnd = { finishReason: 'cancelled' };

/** Answers prompts with one seat, which it has loaded first where it is not. */
export class LocalSource implements CompletionSource {
  private readonly prompts: PromptCheck;
  private readonly rules: RuleCheck;

  constructor(
    private readonly model: LocalModel,
    private readonly parts: LocalModelParts,
  ) {
    this.prompts = new PromptCheck(model, parts.vetting);
    this.rules = new RuleCheck(parts.host);
  }

  /** Takes a place in the model's queue, which a request that is refused or left gives back. */
  async admit({ messages, demands }: Pick<CompletionRequest, 'messages' | 'demands'>, signal: AbortSignal): Promise<CompletionSource> {
    const { giveBack } = this.model.requests.take();
    try {
      refuseDemands(demands);
      const tools = await this.rules.check(demands);
      const files = await this.parts.folder.seatFiles(this.model.seat);
      await refuseWhatCannotAnswer(this.model, files, this.parts);
      await this.prompts.check(messages, files, { isRaw: demands?.isRaw, tools });
      return new AdmittedSource(this, giveBack, signal);
    } catch (thrown) {
      giveBack();
      throw thrown;
    }
  }

  async complete(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    if (signal.aborted) return CANCELLED;
    const over = new AbortController();
    const giveBack = this.model.usage.claim();
    try {
      const answered = this.answer(request, guarded(sink, over.signal), signal);
      return await Promise.race([answered, overdue(signal, over.signal)]);
    } finally {
      giveBack();
      over.abort();
    }
  }

  private async answer(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    const files = await this.parts.folder.seatFiles(this.model.seat);
    const startedAt = performance.now();
    const watcher: LoadWatcher = { onProgress: (progress, stage) => sink.phase(stage, { progress }), onWait: () => sink.phase('queued'), left: signal };
    try {
      await untilAborted(this.model.load(files, watcher), signal);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
    if (signal.aborted) return CANCELLED;
    const loadMs = performance.now() - startedAt;
    const call = generateCall(this.model.name, request, files.facts.stopStrings);
    const end = await this.model.use(files, () =>
      this.parts.host.call(call, { onProgress: (progress) => show(progress, sink), hold: (flow) => sink.hold?.(flow), signal }),
    );
    return {
      finishReason: end.finishReason,
      usage: end.usage,
      cachedTokens: end.cachedTokens,
      timings: { load_ms: loadMs, queue_ms: end.queueMs, tokens_per_second: end.tokensPerSecond },
      ignoredParameters: [],
    };
  }
}

function show(progress: EngineProgress, sink: CompletionSink): void {
  switch (progress.type) {
    case 'loading':
    case 'scores':
      return;
    case 'queued':
      sink.phase('queued', { position: progress.position });
      return;
    case 'prompt':
      sink.phase('prompt');
      return;
    case 'text':
      sink.text(progress.text, progress.reasoning);
      return;
    case 'call':
      sink.call?.({ index: progress.index, id: progress.callId, name: progress.name, arguments: progress.arguments });
      return;
    case 'logprobs':
      sink.logprobs?.(progress.tokens);
      return;
    default:
      return progress satisfies never;
  }
}

/** The end of an answer that was stopped and does not come to its own. */
async function overdue(stopped: AbortSignal, over: AbortSignal): Promise<CompletionEnd> {
  await once(stopped, 'abort', { signal: over });
  return sleep(CANCEL_GRACE_MS, CANCELLED, { signal: over });
}

/** Nothing reaches the sink once the completion is over. */
function guarded(sink: CompletionSink, over: AbortSignal): CompletionSink {
  return {
    phase: (phase, detail) => {
      if (!over.aborted) sink.phase(phase, detail);
    },
    text: (text, reasoning) => {
      if (!over.aborted) sink.text(text, reasoning);
    },
    call: (piece) => {
      if (!over.aborted) sink.call?.(piece);
    },
    logprobs: (tokens) => {
      if (!over.aborted) sink.logprobs?.(tokens);
    },
    hold: (flow) => {
      if (!over.aborted) sink.hold?.(flow);
    },
  };
}
