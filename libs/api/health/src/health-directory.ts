import type { HealthFinding } from '@tandem/shared/contracts';
import type { Observable } from 'rxjs';

/** A model whose health can be checked. */
export interface HealthSubject {
  readonly id: string;
  readonly endpoint: string;
  /** Looks at the model without waking or billing it. May reject when the signal is aborted. */
  probe(signal: AbortSignal): Promise<HealthFinding>;
  /** What no answer in time means where more is known of it; by default that it is silent. */
  whenLate?(): HealthFinding | undefined;
}

/** What health needs to know of the catalogue. The composing app provides one under this token. */
export abstract class HealthDirectory {
  /** Ids of models that are known to be other than they were: they are looked at without waiting for the next round. */
  readonly changes?: Observable<string>;
  abstract list(): Promise<readonly HealthSubject[]>;
  /** @throws Fault `model_not_found` */
  abstract find(model: string): Promise<HealthSubject>;
}

/** How health is looked at. The composing app provides one under this token. */
export abstract class HealthSettings {
  /** Between two rounds of background checks, in milliseconds, give or take a tenth. */
  abstract readonly intervalMs: number;
  /** The longest that one check may take, in milliseconds. Default 3,000. */
  readonly deadlineMs?: number;
}
