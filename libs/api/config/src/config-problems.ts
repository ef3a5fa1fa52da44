import { Logger } from '@nestjs/common';
import type { ConfigurationError } from './configuration-error';
import type { Sentence } from './sentence';
import { SourceFailure } from './source-failure';

/** What was wrong with the last refresh. */
export interface ConfigFailure {
  readonly code: string;
  readonly message: string;
  /** Since when all of it is so: later once something else is wrong as well. */
  readonly at: Date;
}

interface Problem {
  readonly code: string;
  readonly sentence: Sentence;
  readonly at: Date;
}

/** What is wrong with each source, told once when it begins or changes and once when all is well again. */
export class ConfigProblems {
  private readonly logger = new Logger('Config');
  private problems: ReadonlyMap<string, Problem> = new Map();

  /** All of it as one, with the code of the first and the time of the last to begin; null while all is well. */
  get summary(): ConfigFailure | null {
    const [first, ...others] = this.problems.values();
    if (first === undefined) return null;
    const all = [first, ...others];
    return { code: first.code, message: all.map(({ sentence }) => sentence.text).join(' '), at: new Date(Math.max(...all.map(({ at }) => at.getTime()))) };
  }

  /** By source, in their order. `consequence` is what follows for the configuration in force. */
  note(thrown: ReadonlyMap<string, SourceFailure | ConfigurationError>, consequence: string): void {
    const before = this.problems;
    this.problems = new Map([...thrown].map(([source, error]) => [source, problemOf(error, before.get(source))]));
    for (const [source, problem] of this.problems) {
      if (before.get(source) !== problem) this.logger.error(`${problem.sentence.text} ${consequence}`.trim());
    }
    if (before.size > 0 && this.problems.size === 0) this.logger.log('The configuration is read without a problem again');
  }
}

/** The same goes on since it began. */
function problemOf(error: SourceFailure | ConfigurationError, before: Problem | undefined): Problem {
  if (before?.sentence.isLike(error.sentence)) return before;
  return { code: error instanceof SourceFailure ? error.code : 'config_invalid', sentence: error.sentence, at: new Date() };
}
