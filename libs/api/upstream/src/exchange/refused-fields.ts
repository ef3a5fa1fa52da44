import type { CompletionRequest } from '@tandem/api/completion';
import { type Complaint, leastMissed } from '../dialects/complaint';
import type { Dialect } from '../dialects/dialect';

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
