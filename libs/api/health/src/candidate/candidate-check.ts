import { Injectable } from '@nestjs/common';
import { CandidateProbe } from '@tandem/api/catalogue';
import type { HealthFinding, ModelEntry, ModelTestBody } from '@tandem/shared/contracts';
import { lateFinding, reportOf } from '../judge-check';

/** Somebody waits for it. */
const DEADLINE_MS = 5_000;

/** One check of a model that is not configured, within its deadline; nothing of it is kept. */
@Injectable()
export class CandidateCheck {
  constructor(private readonly candidates: CandidateProbe) {}

  async test(entry: ModelEntry): Promise<ModelTestBody> {
    const start = performance.now();
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const finding = await this.candidates.probe(entry, signal).catch((error: unknown): HealthFinding => {
      if (!signal.aborted) throw error;
      return lateFinding(DEADLINE_MS);
    });
    const subject = { id: entry.name, endpoint: entry.endpoint };
    const { status, healthy, latency_ms, cause, detail, hint, identity } = reportOf(subject, finding, {
      latencyMs: performance.now() - start,
      at: new Date(),
      before: undefined,
    });
    return { status: 'success', health: status, healthy, latency_ms, cause, detail, hint, identity };
  }
}
