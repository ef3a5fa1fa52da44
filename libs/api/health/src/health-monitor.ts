import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { untilAborted } from '@tandem/shared/concurrency';
import type { HealthFinding, HealthReport } from '@tandem/shared/contracts';
import { type Observable, Subject, type Subscription } from 'rxjs';
import { HealthDirectory, HealthSettings, type HealthSubject } from './health-directory';
import { isNews, lateFinding, reportOf, uncheckedReport } from './judge-check';

const DEFAULT_DEADLINE_MS = 3_000;

/** Resolves as `late` when the signal is aborted, even where a probe does not heed it. */
function findOrElse(late: () => HealthFinding, subject: HealthSubject, signal: AbortSignal): Promise<HealthFinding> {
  return untilAborted(subject.probe(signal), signal).catch((thrown: unknown) => {
    if (signal.aborted) return late();
    throw thrown;
  });
}

/**
 * Knows how every model is and since when. Owns the last report of each and the checks in flight, one per model at
 * most; when to look is decided elsewhere. Closed on shutdown: running checks are aborted, watchers are completed.
 */
@Injectable()
export class HealthMonitor implements OnModuleDestroy {
  private readonly logger = new Logger('Health');
  private readonly reports = new Map<string, HealthReport>();
  private readonly inFlight = new Map<string, Promise<HealthReport>>();
  private readonly news = new Subject<HealthReport>();
  private readonly closing = new AbortController();
  private readonly doubts: Subscription | undefined;

  constructor(
    private readonly directory: HealthDirectory,
    private readonly settings: HealthSettings,
  ) {
    // One that is not in the directory any more is nobody's concern.
    this.doubts = directory.changes?.subscribe((model) => void this.checkNow(model).catch(() => undefined));
  }

  /** Every report that says something new. Completes when the server shuts down. */
  get changes(): Observable<HealthReport> {
    return this.news.asObservable();
  }

  /** The last known state of all models, without waiting for any of them. */
  async lastKnown(): Promise<HealthReport[]> {
    return (await this.directory.list()).map((subject) => this.reportOn(subject) ?? uncheckedReport(subject));
  }

  /** Checks one model now, or joins the check in flight. @throws Fault `model_not_found` */
  async checkNow(model: string): Promise<HealthReport> {
    return this.check(await this.directory.find(model));
  }

  /** The models there are; what was known of others is forgotten. */
  async subjects(): Promise<readonly HealthSubject[]> {
    const subjects = await this.directory.list();
    const ids = new Set(subjects.map(({ id }) => id));
    for (const id of this.reports.keys()) if (!ids.has(id)) this.reports.delete(id);
    return subjects;
  }

  check(subject: HealthSubject): Promise<HealthReport> {
    const running = this.inFlight.get(subject.id);
    if (running !== undefined) return running;
    const check = this.look(subject).finally(() => this.inFlight.delete(subject.id));
    this.inFlight.set(subject.id, check);
    return check;
  }

  onModuleDestroy(): void {
    this.closing.abort();
    this.doubts?.unsubscribe();
    this.news.complete();
  }

  /** What was found at another address says nothing about this one. */
  private reportOn({ id, endpoint }: HealthSubject): HealthReport | undefined {
    const report = this.reports.get(id);
    return report?.endpoint === endpoint ? report : undefined;
  }

  private async look(subject: HealthSubject): Promise<HealthReport> {
    const start = performance.now();
    const deadlineMs = this.settings.deadlineMs ?? DEFAULT_DEADLINE_MS;
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(deadlineMs)]);
    const late = () => subject.whenLate?.() ?? lateFinding(deadlineMs);
    const finding = await findOrElse(late, subject, signal).catch((error: unknown): HealthFinding => {
      this.logger.error(`checking ${subject.id} failed`, error instanceof Error ? error.stack : undefined);
      return { status: 'unknown', detail: 'The check itself failed.', hint: 'The log of Tandem has the details.' };
    });
    const facts = { latencyMs: performance.now() - start, at: new Date(), before: this.reportOn(subject) };
    const report = reportOf(subject, finding, facts);
    if (this.closing.signal.aborted) return report;
    const isNewsToTell = isNews(this.reports.get(subject.id), report);
    this.reports.set(subject.id, report);
    if (isNewsToTell) this.news.next(report);
    return report;
  }
}
