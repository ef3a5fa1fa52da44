import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { type Run, RunRegistry, type Target } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';
import { clientOf, leavingOf, Readiness, VERSION } from '@tandem/api/http';
import { endStream } from '@tandem/api/sse';
import type { Request, Response } from 'express';
import type { AnswerShape } from './answer-shape';
import type { Echo } from './read-echo';
import type { Asked } from './read-request';
import type { AskedResponse } from './read-response-request';
import { ResponseEvents } from './response-events';
import { ResponseFrame, sendResponse } from './response-object';
import { type Choices, sendChoices, streamChoices } from './send-choices';
import { askedToEcho, sendRemoteEchoes } from './remote-echo';
import { sendEchoes } from './send-echoes';
import { streamAnswer } from './stream-answer';

const FINGERPRINT_CHARACTERS = 12;

/** Opens the runs of a request and writes their answer, as it comes or as a whole. A client that leaves ends the run. */
@Injectable()
export class AnswerOpener {
  constructor(
    private readonly targets: TargetResolver,
    private readonly runs: RunRegistry,
    private readonly readiness: Readiness,
  ) {}

  /** @throws Fault as long as no byte has gone out */
  async answer(asked: Asked, shape: AnswerShape, request: Request, response: Response): Promise<void> {
    if (asked.echo) return this.echo(asked, asked.echo, shape, { request, response });
    const { run, target, choices } = await this.begin(asked, request, response);
    const base = { id: shape.prefix + run.id, created: nowSeconds(), model: run.modelId, system_fingerprint: fingerprintOf(target) };
    if (!asked.isStream) return sendChoices(choices, shape, base, response);
    return streamChoices(choices, { shape, base, wantsUsage: asked.wantsUsage }, response);
  }

  /** @throws Fault as long as no byte has gone out */
  async respond(asked: AskedResponse, request: Request, response: Response): Promise<void> {
    const { run } = await this.begin(asked, request, response);
    const frame = new ResponseFrame(run, asked, nowSeconds());
    if (!asked.isStream) return sendResponse(run, frame, response);
    await streamAnswer(run, new ResponseEvents(run, frame), response);
    endStream(response);
  }

  /** Tells prompts again: a model of this machine by reading them, a model server where it can. */
  private async echo(
    asked: Asked,
    { isAlone }: Echo,
    shape: AnswerShape,
    { request, response }: { readonly request: Request; readonly response: Response },
  ): Promise<void> {
    this.readiness.refuseNewWork();
    const target = await this.targets.resolve(asked.model);
    const { texts, card } = target;
    const left = leavingOf(response);
    const open = (index: number): Promise<Run> => this.admit(target, asked, index, { request, left });
    const base = { id: shape.prefix + randomUUID(), created: nowSeconds(), model: card.id, system_fingerprint: fingerprintOf(target) };
    const choices = { requests: asked.requests, count: asked.requests.length, isAlone, open };
    if (texts !== undefined) return sendEchoes({ ...choices, texts }, shape, base, response, left);
    const there = { ...asked, requests: asked.requests.map((wanted) => askedToEcho(wanted, isAlone)) };
    return sendRemoteEchoes({ ...choices, open: (index) => this.admit(target, there, index, { request, left }) }, shape, base, response);
  }

  private admit(target: Target, asked: Asked, index: number, { request, left }: { readonly request: Request; readonly left: AbortSignal }): Promise<Run> {
    const wanted = asked.requests[index];
    if (wanted === undefined) throw new RangeError(`There is no choice ${index}.`);
    return this.runs.admit(target, wanted, left, { client: clientOf(request) }).catch((thrown: unknown) => {
      throw inTheWordsOf(asked, thrown);
    });
  }

  private async begin(asked: Asked, request: Request, response: Response): Promise<{ readonly run: Run; readonly target: Target; readonly choices: Choices }> {
    this.readiness.refuseNewWork();
    const left = leavingOf(response);
    const target = await this.targets.resolve(asked.model);
    const admit = (index: number): Promise<Run> => this.admit(target, asked, index, { request, left });
    const run = await admit(0);
    response.setHeader('X-Stream-Id', run.id);
    const choices: Choices = { count: asked.requests.length, open: (index) => (index === 0 ? Promise.resolve(run) : admit(index)) };
    return { run, target, choices };
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** By the card of the model's entry, which is another one when the entry changes. */
const FINGERPRINTS = new WeakMap<Target['card'], string>();

/** The same as long as the model's entry and this server are: with it, the same seed gives the same answer. */
function fingerprintOf(target: Target): string {
  const { card } = target;
  const fingerprint = FINGERPRINTS.get(card) ?? newFingerprint(target);
  FINGERPRINTS.set(card, fingerprint);
  return fingerprint;
}

function newFingerprint({ card, defaults }: Target): string {
  return `fp_${createHash('sha256')
    .update(JSON.stringify([VERSION, card, defaults]))
    .digest('hex')
    .slice(0, FINGERPRINT_CHARACTERS)}`;
}

/** Whoever refuses a format knows it by OpenAI's name. */
function inTheWordsOf({ formatField = 'response_format' }: Asked, thrown: unknown): unknown {
  if (!(thrown instanceof Fault) || thrown.told?.field !== 'response_format' || formatField === 'response_format') return thrown;
  return new Fault(thrown.code, { ...thrown.told, field: formatField }, { param: formatField, cause: thrown });
}
