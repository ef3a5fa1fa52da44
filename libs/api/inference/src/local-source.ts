import type { CompletionEnd, CompletionRequest, CompletionSink, CompletionSource } from '@tandem/api/completion';
import type { EngineProgress } from '@tandem/shared/engine-protocol';
import type { CheckpointsFolder } from './checkpoints-folder';
import type { EngineHost } from './engine-host';
import type { LocalModel } from './local-model';

/** How long a stopped answer waits for the engine's own end, which has the usage. It arrives after the running batch. */
const CANCEL_GRACE_MS = 400;

const CANCELLED: CompletionEnd = { finishReason: 'cancelled' };

/** Answers prompts with one local checkpoint, which it has loaded first where it is not. */
export class LocalSource implements CompletionSource {
  constructor(
    private readonly model: LocalModel,
    private readonly folder: CheckpointsFolder,
    private readonly host: EngineHost,
  ) {}

  async complete(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    if (signal.aborted) return CANCELLED;
    const stopped = new Stop(signal);
    try {
      const answered = this.answer(request, guarded(sink, stopped), signal);
      return await Promise.race([answered, stopped.overdue]);
    } finally {
      stopped.close();
    }
  }

  private async answer(request: CompletionRequest, sink: CompletionSink, signal: AbortSignal): Promise<CompletionEnd> {
    const files = await this.folder.filesOf(this.model.seat.checkpoint);
    const startedAt = performance.now();
    await Promise.race([this.model.load(files, (progress) => sink.phase('loading', { progress })), aborted(signal)]);
    if (signal.aborted) return CANCELLED;
    const loadMs = performance.now() - startedAt;
    const end = await this.model.use(files.version, () =>
      this.host.call(
        {
          type: 'generate',
          model: this.model.name,
          messages: request.messages,
          parameters: request.parameters,
          ...(request.conversation === undefined ? {} : { conversation: request.conversation }),
        },
        { onProgress: (progress) => show(progress, sink), signal },
      ),
    );
    return {
      finishReason: end.finishReason,
      usage: end.usage,
      timings: { load_ms: loadMs, queue_ms: end.queueMs, tokens_per_second: end.tokensPerSecond },
      ignoredParameters: [],
    };
  }
}

function show(progress: EngineProgress, sink: CompletionSink): void {
  switch (progress.type) {
    case 'loading':
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
    default:
      return progress satisfies never;
  }
}

/** Turns a signal into an end that comes at the latest `CANCEL_GRACE_MS` after it, and a listener that is removed. */
class Stop {
  readonly overdue: Promise<CompletionEnd>;
  isOver = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly onAbort: () => void;

  constructor(private readonly signal: AbortSignal) {
    let resolve: (end: CompletionEnd) => void;
    this.overdue = new Promise((settle) => (resolve = settle));
    this.onAbort = () => {
      this.timer = setTimeout(() => resolve(CANCELLED), CANCEL_GRACE_MS);
    };
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  close(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.signal.removeEventListener('abort', this.onAbort);
  }
}

/** Nothing reaches the sink once the completion is over. */
function guarded(sink: CompletionSink, stop: Stop): CompletionSink {
  return {
    phase: (phase, detail) => {
      if (!stop.isOver) sink.phase(phase, detail);
    },
    text: (text, reasoning) => {
      if (!stop.isOver) sink.text(text, reasoning);
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
