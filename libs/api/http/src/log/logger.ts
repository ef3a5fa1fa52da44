import { Logger as PinoBackedLogger, PinoLogger } from 'nestjs-pino';
import { destination, type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { describeError } from '@tandem/api/faults';

export interface LoggerOptions {
  readonly level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
  readonly format: 'pretty' | 'json';
}

/** Nest's account of its own wiring: of use when something is missing, noise otherwise. */
const WIRING = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** No line is meant to hold one of these; should one ever do, it does not show. */
const HIDDEN = [
  'authorization',
  'cookie',
  'prompt',
  'messages',
  'body',
  'headers',
  'apiKey',
  'req.headers',
  'request.headers',
  'response.headers',
  'config.headers',
];

/** What the message of a line says already. */
const SAID_IN_MESSAGE =
  'context,event,origin,method,path,status,duration_ms,client,code,stream_id,model,finish_reason,prompt_tokens,completion_tokens,ttft_ms,total_ms';

/**
 * The log on standard output: one JSON object a line, or lines for people. Within a request every line carries its id.
 * What goes out is written behind the scenes, never awaited by a request; the process's exit writes the rest.
 */
export class AppLogger extends PinoBackedLogger {
  private constructor(private readonly pino: PinoLogger) {
    super(pino, {});
  }

  static async open({ level, format }: LoggerOptions, to?: DestinationStream): Promise<AppLogger> {
    const sink = to ?? (format === 'pretty' ? await prettyLines() : destination({ dest: 1, sync: false }));
    const logger = pino(
      {
        level,
        base: null,
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        serializers: { err: describeError },
        redact: { paths: HIDDEN, censor: '***' },
      },
      sink,
    );
    // the child that pino-http makes has serializers of its own
    return new AppLogger(new PinoLogger({ pinoHttp: { logger, wrapSerializers: false, serializers: { err: describeError } } }));
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (WIRING.has(String(rest.at(-1)))) super.debug(message, ...(rest as [string]));
    else super.log(message, ...(rest as [string]));
  }

  /** Whatever `work` leads to logs with that request's id. */
  within(requestId: string, work: (log: Logger) => void): void {
    this.pino.runInContext(() => work(this.pino.logger), { bindings: { request_id: requestId } });
  }

  /** Written whatever the level: what the one who started it waits for. @param facts the same for a program */
  announce(message: string, facts: object): void {
    this.pino.logger.child({ context: 'Server' }, { level: 'info' }).info(facts, message);
  }
}

async function prettyLines(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({
    sync: true,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: '{if context}{context}: {end}{msg}',
    ignore: `pid,hostname,${SAID_IN_MESSAGE}`,
  });
}
