import type { Fault } from '@tandem/api/faults';
import { type Complaint, readComplaint } from '../dialects/complaint';
import type { Dialect, ServerFailure, WordedRequest } from '../dialects/dialect';
import { ignoredParameters } from '../dialects/fields';
import { type ExchangeFacts, faultOfServer } from '../server/server-fault';
import { secretsOf, withoutSecrets } from '../server/server-words';
import { faultOfDemand, refuseDemands } from './demand-fault';
import type { RefusedFields } from './refused-fields';

/** Statuses that are about something else than what the request holds. */
const OTHER_MATTERS = new Set([401, 403, 404, 405, 408, 413, 429, 503, 504]);

/** Whom a request is worded for. */
export interface Addressee {
  /** Host and port. */
  readonly host: string;
  readonly apiKey: string | undefined;
  readonly dialect: Dialect;
  /** As that server names it. */
  readonly model: string;
}

/**
 * One request in the words of one server. What that server complains of is left out, in as many rounds as each leave out
 * something more. Knows what of the request no sentence may repeat.
 */
export class Wording {
  private readonly omitted: Set<string>;
  private readonly complaints: Complaint[] = [];

  /** @throws Fault `invalid_request` for what this kind of server has no field for */
  constructor(
    private readonly request: WordedRequest,
    private readonly to: Addressee,
    private readonly known: RefusedFields,
  ) {
    refuseDemands(to.dialect, request.demands, to.host);
    this.omitted = known.omittedFor(request, to.dialect, to.model);
  }

  get body(): Readonly<Record<string, unknown>> {
    return this.to.dialect.requestBody(this.request, this.to.model, this.omitted);
  }

  get ignoredParameters(): readonly string[] {
    const ignored = ignoredParameters(this.to.dialect.fields, this.omitted);
    return this.request.isFresh && !isAskedFresh(this.request, this.to.dialect, this.omitted) ? [...ignored, 'cache_prompt'] : ignored;
  }

  /** Whether the prompt is to be told again, so that what looks like a thought is text like any other. */
  get isVerbatim(): boolean {
    return this.request.demands?.echo !== undefined;
  }

  /** A raw text opens no thought, and what an answer must be holds from its first character where thoughts are not known of. */
  get canThink(): boolean {
    const { isRaw, format, toolChoice } = this.request.demands ?? {};
    return !isRaw && format === undefined && (toolChoice === undefined || toolChoice === 'none');
  }

  /** Leaves out what the server complains of; whether there was anything. */
  heed(failure: ServerFailure): boolean {
    if (failure.status !== undefined && OTHER_MATTERS.has(failure.status)) return false;
    const { secrets } = this.facts;
    const plain = {
      ...(failure.status === undefined ? {} : { status: failure.status }),
      message: withoutSecrets(failure.message, secrets),
      type: withoutSecrets(failure.type ?? '', secrets),
      words: withoutSecrets(failure.words ?? '', secrets),
    };
    const complaint = readComplaint(plain, this.body, this.to.dialect);
    if (complaint === null) return false;
    complaint.omit.forEach((field) => this.omitted.add(field));
    this.complaints.push(complaint);
    return true;
  }

  /** The server took it. */
  settle(): void {
    this.known.learn(this.complaints.splice(0));
  }

  /** Of a failure inside the answer. */
  faultOf(failure: ServerFailure): Fault {
    return faultOfServer(failure, this.facts);
  }

  /** Of a refusal before it. `retryAfter`: the header of that name. */
  refusalOf(failure: ServerFailure, retryAfter: string): Fault {
    const { facts } = this;
    return faultOfDemand(failure, this.request.demands, facts) ?? faultOfServer(failure, { ...facts, retryAfter });
  }

  /** Looked for when there is something to tell only: a conversation may be long. */
  private get facts(): ExchangeFacts {
    const { host, apiKey } = this.to;
    return { host, hasKey: apiKey !== undefined, secrets: secretsOf(apiKey, this.request) };
  }
}

/** Whether the server is told to use nothing that it keeps of earlier prompts. */
export function isAskedFresh({ cacheSalt }: Pick<WordedRequest, 'cacheSalt'>, { isFresh }: Dialect, omitted: ReadonlySet<string>): boolean {
  return isFresh === true || (cacheSalt !== undefined && !omitted.has('cache_salt'));
}
