import { Logger } from '@nestjs/common';
import { SourceFailure } from './source-failure';

/** What was wrong with the last refresh. */
export interface ConfigFailure {
  readonly code: string;
  readonly message: string;
  /** Since when it is so. */
  readonly at: Date;
}

/** What is wrong with each source, told once when it begins or changes and once when all is well again. */
export class ConfigProblems {
  private readonly logger = new Logger('Config');
  private problems: ReadonlyMap<string, ConfigFailure> = new Map();

  /** All of it as one, with the code of the first and the time since when that is so; null while all is well. */
  get summary(): ConfigFailure | null {
    const [first, ...others] = this.problems.values();
    if (first === undefined) return null;
    const all = [first, ...others];
    return { code: first.code, message: all.map(({ message }) => message).join(' '), at: first.at };
  }

  /** By source, in their order. `consequence` is what follows for the configuration in force. */
  note(thrown: ReadonlyMap<string, Error>, consequence: string): void {
    const before = this.problems;
    this.problems = new Map([...thrown].map(([source, error]) => [source, failureOf(error, before.get(source))]));
    for (const [source, { message }] of this.problems) {
      if (before.get(source)?.message !== message) this.logger.error(`${message} ${consequence}`.trim());
    }
    if (before.size > 0 && this.problems.size === 0) this.logger.log('The configuration is read without a problem again');
  }
}

/** The same goes on since it began. */
function failureOf(error: Error, before: ConfigFailure | undefined): ConfigFailure {
  if (before?.message === error.message) return before;
  return { code: error instanceof SourceFailure ? error.code : 'config_invalid', message: error.message, at: new Date() };
}
