import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { RunRegistry, type RunRequest } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import type { RunAnswer, SamplingParameters, SetPrompt } from '@tandem/shared/contracts';
import { AnswerChecks } from '../checks/answer-checks';
import { askModel, type Asked } from './ask-model';
import { Lanes } from './lanes';

const MOST_TRIES = 5;
/** Before the second try, in milliseconds, where the fault does not say; doubled before each further one. */
const FIRST_WAIT_MS = 500;
/** What a server may ask to wait at most. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** Gets one answer of one model, trying again where that makes sense, and looks at it. */
@Injectable()
export class SideAsker {
  private readonly checks = new AnswerChecks();

  constructor(
    private readonly targets: TargetResolver,
    private readonly lanes: Lanes,
    private readonly runs: RunRegistry,
  ) {}

  /** Rejects only where the signal is aborted; a fault is kept with the answer. */
  async ask(model: string, prompt: SetPrompt, parameters: Partial<SamplingParameters> & { readonly seed: number }, signal: AbortSignal): Promise<RunAnswer> {
    const request: RunRequest = { messages: messagesOf(prompt), parameters };
    for (let tries = 1; ; tries++) {
      const asked = await this.once(model, request, signal);
      const { fault } = asked;
      if (fault === undefined || !fault.retryable || tries === MOST_TRIES) return this.answerOf(model, prompt, asked, parameters.seed, tries);
      const waitMs = fault.retryAfterSeconds === undefined ? FIRST_WAIT_MS * 2 ** (tries - 1) : fault.retryAfterSeconds * 1_000;
      await delay(Math.min(waitMs, LONGEST_WAIT_MS), undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  private async once(model: string, request: RunRequest, signal: AbortSignal): Promise<Asked> {
    try {
      const target = await this.targets.resolve(model);
      return await this.lanes.use(target, signal, (stopped) => askModel(this.runs, target, request, stopped));
    } catch (thrown) {
      signal.throwIfAborted();
      return { text: '', thoughts: '', end: undefined, fault: Fault.from(thrown) };
    }
  }

  private answerOf(model: string, { check, reference }: SetPrompt, { text, thoughts, end, fault }: Asked, seed: number, tries: number): RunAnswer {
    return {
      model,
      text,
      ...(thoughts === '' ? {} : { thoughts }),
      finish_reason: end?.finish_reason ?? null,
      error: fault?.toFrameError() ?? null,
      usage: end?.usage ?? null,
      timings: end?.timings ?? null,
      seed: end?.seed ?? seed,
      ignored_parameters: end?.ignored_parameters ?? [],
      check: fault === undefined ? this.checks.check(text, check ?? [], reference) : null,
      tries,
    };
  }
}

export function messagesOf({ prompt, messages = [], system }: SetPrompt): RunRequest['messages'] {
  const said = prompt === undefined ? messages : [{ role: 'user' as const, content: prompt }];
  return system === undefined ? said : [{ role: 'system', content: system }, ...said];
}
