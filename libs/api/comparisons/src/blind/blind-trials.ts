import { randomInt } from 'node:crypto';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { type Run, type RunRequest, RunRegistry, type Target } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { type Client, Readiness } from '@tandem/api/http';
import {
  type BlindChoice,
  type BlindReveal,
  type OfBoth,
  type OpenedBlind,
  type PairSide,
  type SamplingParameters,
  STREAM_PARAMETERS,
} from '@tandem/shared/contracts';
import type { BlindRequestDto } from './blind-request.dto';
import { type KeptBlind, KeptBlinds, type Outcome } from './kept-blinds';
import { PacedAnswer } from './paced-answer';
import { revealOf, sideOf } from './reveal';
import { VeiledSource } from './veiled-source';

/** How long an answer goes on that nobody follows, in milliseconds. */
const GRACE_MS = 60_000;
/** Longer than two answers take. What is older and has no outcome was cut off with its server. */
const LONGEST_MS = 10 * 60_000;

interface Trial {
  readonly runs: readonly Run[];
  readonly outcomes: Promise<OfBoth<Outcome>>;
  /** While it is being written down. */
  closing: Promise<void> | undefined;
}

interface Answering {
  readonly run: Run;
  readonly source: VeiledSource;
}

/**
 * Two models that answer without being known: draws who is left, and lets nothing but their words be seen before the vote. A
 * trial is here until it is kept what came of it.
 */
@Injectable()
export class BlindTrials implements OnModuleDestroy {
  private readonly logger = new Logger('Blind');
  private readonly trials = new Map<string, Trial>();
  private readonly reopened;

  constructor(
    private readonly targets: TargetResolver,
    private readonly runs: RunRegistry,
    private readonly readiness: Readiness,
    private readonly kept: KeptBlinds,
  ) {
    this.reopened = this.kept.openings.subscribe(() => this.closeAll());
  }

  onModuleDestroy(): void {
    this.reopened.unsubscribe();
  }

  /** @throws Fault before any of the two answers */
  async open({ baseline, derivative, ...asked }: BlindRequestDto, voter: string, client: Client): Promise<OpenedBlind> {
    this.readiness.refuseNewWork();
    const [ours, theirs] = [await this.targets.resolve(baseline, 'baseline'), await this.targets.resolve(derivative, 'derivative')];
    const left: PairSide = randomInt(2) === 0 ? 'baseline' : 'derivative';
    const id = await this.kept.add({ baseline: ours.card.id, derivative: theirs.card.id, left }, voter);
    const [first, second] = await this.admitBoth([ours, theirs], requestOf(asked), client).catch(async (thrown: unknown) => {
      await this.kept.forget(id);
      throw thrown;
    });
    // from now on each goes on by itself until somebody follows it, or nobody does for too long
    for (const { run } of [first, second]) run.watch(() => undefined).leave();
    this.keepOutcome(id, first, second);
    return { id, streams: left === 'baseline' ? { left: first.run.id, right: second.run.id } : { left: second.run.id, right: first.run.id } };
  }

  /** @throws Fault `conflict` while one of the two still answers, and the second time; `store_unavailable`, after which it can be given again */
  async vote(id: string, voter: string, choice: BlindChoice): Promise<BlindReveal> {
    const trial = this.trials.get(id);
    const isOver = trial === undefined || trial.runs.every(({ hasEnded }) => hasEnded);
    if (isOver && trial !== undefined) await this.close(id, trial);
    const blind = await this.kept.get(id, voter);
    if (!isOver || isOnTheWay(blind)) throw new Fault('conflict', 'One of the two still answers. Vote once both have ended, or stop them first.');
    await this.kept.vote(blind, voter, choice, sideOf(choice, blind.left));
    return revealOf(blind, choice);
  }

  /** What the vote brought to light, for who cast it and heard no answer. @throws Fault `conflict` before there is one */
  async seen(id: string, voter: string): Promise<BlindReveal> {
    const blind = await this.kept.get(id, voter);
    if (blind.choice === null) throw new Fault('conflict', 'Who is who comes to light with the vote: cast it first.');
    return revealOf(blind, blind.choice);
  }

  private async admitBoth([ours, theirs]: readonly [Target, Target], request: RunRequest, client: Client): Promise<readonly [Answering, Answering]> {
    const [paced, other] = PacedAnswer.pair();
    const left = new AbortController();
    try {
      return [
        await this.admit('baseline', ours, paced, request, client, left.signal),
        await this.admit('derivative', theirs, other, request, client, left.signal),
      ];
    } catch (thrown) {
      left.abort();
      throw thrown;
    }
  }

  private async admit(side: PairSide, target: Target, paced: PacedAnswer, request: RunRequest, client: Client, left: AbortSignal): Promise<Answering> {
    const source = new VeiledSource(target.source, paced);
    const run = await this.runs.admit({ ...target, source }, request, left, { client, graceMs: GRACE_MS, isVeiled: true }).catch((thrown: unknown) => {
      throw inField(side, thrown);
    });
    return { run, source };
  }

  private keepOutcome(id: string, baseline: Answering, derivative: Answering): void {
    const runs = [baseline.run, derivative.run];
    const outcomes = Promise.all(runs.map(({ ended }) => ended)).then(() => ({ baseline: outcomeOf(baseline), derivative: outcomeOf(derivative) }));
    const trial: Trial = { runs, outcomes, closing: undefined };
    this.trials.set(id, trial);
    this.tryToClose(id, trial);
  }

  /** What could not be kept while the store was off. */
  private closeAll(): void {
    for (const [id, trial] of this.trials) this.tryToClose(id, trial);
  }

  private tryToClose(id: string, trial: Trial): void {
    this.close(id, trial).catch((thrown: unknown) => {
      this.logger.warn({ msg: 'what came of a blind comparison could not be kept yet', err: thrown });
    });
  }

  private close(id: string, trial: Trial): Promise<void> {
    trial.closing ??= trial.outcomes
      .then((outcomes) => this.kept.close(id, outcomes))
      .then(() => void this.trials.delete(id))
      .finally(() => (trial.closing = undefined));
    return trial.closing;
  }
}

function isOnTheWay({ outcomes, createdAtMs }: KeptBlind): boolean {
  return outcomes === undefined && Date.now() - createdAtMs < LONGEST_MS;
}

function outcomeOf({ run, source }: Answering): Outcome {
  return { ...source.unveiled, seed: run.outcome?.seed ?? null };
}

function requestOf({ messages, system, parameters = {} }: Omit<BlindRequestDto, PairSide>): RunRequest {
  const said = messages.map(({ role, content }) => ({ role, content }));
  const sent = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
  return {
    messages: system ? [{ role: 'system', content: system }, ...said] : said,
    parameters: Object.fromEntries(sent) as Partial<SamplingParameters>,
    defaults: STREAM_PARAMETERS,
  };
}

/** What is wrong with a model, or with what it is asked, is told of the field that names it. */
function inField(param: PairSide, thrown: unknown): unknown {
  const isOfModel = thrown instanceof Fault && (thrown.param === undefined || thrown.param === 'model');
  return isOfModel ? thrown.inField(param) : thrown;
}
