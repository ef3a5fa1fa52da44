import { ConsoleLogger, type LogLevel } from '@nestjs/common';

export interface LoggerOptions {
  readonly level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
  readonly format: 'pretty' | 'json';
}

const LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];
const COUNT: Record<LoggerOptions['level'], number> = { fatal: 1, error: 2, warn: 3, info: 4, debug: 5, trace: 6 };

/** Nest's account of its own wiring: of use when something is missing, noise otherwise. */
const WIRING = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** The log: for people on a terminal, one JSON object a line elsewhere. Wiring shows from `debug` on. */
export class AppLogger extends ConsoleLogger {
  constructor({ level, format }: LoggerOptions) {
    super({ json: format === 'json', logLevels: LEVELS.slice(0, COUNT[level]) });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (WIRING.has(String(rest.at(-1)))) super.debug(message, ...(rest as [string]));
    else super.log(message, ...(rest as [string]));
  }
}
