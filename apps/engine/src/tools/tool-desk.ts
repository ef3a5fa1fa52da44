import { randomInt } from 'node:crypto';
import type { EngineProgress, OfferedTools } from '@tandem/shared/engine-protocol';
import type { CallFormat } from './call-formats';
import { CallReader, type Said } from './call-reader';

/** Some templates take ids of this length only. */
const ID_CHARACTERS = 9;

/** Takes an answer's text, and reports what of it is text and which tools it calls. */
export class ToolDesk {
  private readonly reader: CallReader;
  private reported = 0;

  constructor(
    private readonly tools: OfferedTools,
    format: CallFormat,
    private readonly report: (progress: EngineProgress) => void,
  ) {
    const isBegun = tools.forced !== undefined && format.isControl === true;
    this.reader = new CallReader({ format, names: new Set(tools.definitions.map(({ name }) => name)), isBegun });
  }

  get hasCalled(): boolean {
    return this.reported > 0;
  }

  /** Whether it has called as many as it may. */
  get isDone(): boolean {
    return this.hasCalled && !this.tools.isParallel;
  }

  get isInCall(): boolean {
    return this.reader.isInCall;
  }

  push(text: string): void {
    this.tell(this.reader.push(text));
  }

  pushMark(mark: string): void {
    this.tell(this.reader.pushMark(mark));
  }

  end(): void {
    this.tell(this.reader.end());
  }

  private tell(said: readonly Said[]): void {
    for (const one of said) {
      if ('text' in one) this.report({ type: 'text', text: one.text });
      else if (!this.isDone) this.report({ type: 'call', index: this.reported++, callId: newId(), ...one.call });
    }
  }
}

function newId(): string {
  return Array.from({ length: ID_CHARACTERS }, () => randomInt(36).toString(36)).join('');
}
