import type { CompletionRequest } from '@tandem/api/completion';
import { type Complaint, leastMissed, readComplaint } from '../dialects/complaint';
import type { Dialect, ServerFailure } from '../dialects/dialect';
import { ignoredParameters } from '../dialects/fields';
import { withoutSecrets } from '../server/server-words';

/**
 * What a model's server refused to take: some fields always, some beside one another. Learned from complaints after
 * which the request was taken, for as long as the model is configured as it is.
 */
export class RefusedFields {
  private readonly never = new Set<string>();
  private readonly notTogether: (readonly string[])[] = [];

  /** What to leave out of a request from the start. */
  omittedFor(request: CompletionRequest, dialect: Dialect, model: string): Set<string> {
    const omitted = new Set([...this.never, ...(request.unsent ?? []).flatMap((parameter) => dialect.fields[parameter])]);
    if (this.notTogether.length === 0) return omitted;
    const body = dialect.requestBody(request, model, omitted);
    for (const group of this.notTogether) {
      for (let left = group.filter((field) => !omitted.has(field)); left.length > 1; left = left.filter((field) => !omitted.has(field))) {
        omitted.add(leastMissed(left, body, dialect) ?? left[0] ?? '');
      }
    }
    return omitted;
  }

  /** The request was taken after these complaints. */
  learn(complaints: readonly Complaint[]): void {
    for (const { kind, omit, named } of complaints) {
      if (kind === 'field') omit.forEach((field) => this.never.add(field));
      if (kind === 'together') this.notTogether.push(named);
    }
  }
}

/** Statuses that are about something else than what the request holds. */
const OTHER_MATTERS = new Set([401, 403, 404, 405, 408, 413, 429, 503, 504]);

/** What is left out of one request until its server takes it: as many rounds as each leave out something more. */
export class Omissions {
  private readonly omitted: Set<string>;
  private readonly complaints: Complaint[] = [];

  constructor(
    private readonly request: CompletionRequest,
    private readonly dialect: Dialect,
    private readonly model: string,
    private readonly known: RefusedFields,
  ) {
    this.omitted = known.omittedFor(request, dialect, model);
  }

  get body(): Readonly<Record<string, unknown>> {
    return this.dialect.requestBody(this.request, this.model, this.omitted);
  }

  get ignoredParameters(): readonly string[] {
    return ignoredParameters(this.dialect.fields, this.omitted);
  }

  /** Leaves out what the server complains of; whether there was anything. `secrets`: what its words may repeat of ours. */
  heed(failure: ServerFailure, secrets: readonly string[]): boolean {
    if (failure.status !== undefined && OTHER_MATTERS.has(failure.status)) return false;
    const plain = {
      ...(failure.status === undefined ? {} : { status: failure.status }),
      message: withoutSecrets(failure.message, secrets),
      type: withoutSecrets(failure.type ?? '', secrets),
      words: withoutSecrets(failure.words ?? '', secrets),
    };
    const complaint = readComplaint(plain, this.body, this.dialect);
    if (complaint === null) return false;
    complaint.omit.forEach((field) => this.omitted.add(field));
    this.complaints.push(complaint);
    return true;
  }

  /** The server took it. */
  settle(): void {
    this.known.learn(this.complaints.splice(0));
  }
}
