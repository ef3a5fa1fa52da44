import type { NextFunction, Request, Response } from 'express';

/** Bodies up to this size are read as they come. */
const SMALL_BYTES = 64 * 1024;

/**
 * Lets only a few bodies of a kind be read at the same time: each may take several times its size while it is. The others
 * wait, unread and so without memory, in the order they came; the time a request has to arrive goes on meanwhile.
 */
export class BodyPlaces {
  private readonly waiting: (() => void)[] = [];
  private readonly inside = new WeakSet<Request>();

  constructor(
    private free: number,
    private readonly concerns: (request: Request) => boolean,
  ) {}

  /** Before the parser. */
  readonly enter = (request: Request, _response: Response, next: NextFunction): void => {
    if (!this.concerns(request)) return next();
    const begin = () => {
      this.inside.add(request);
      request.once('close', () => this.leave(request));
      next();
    };
    // one that left while it waited is not read, and takes no place
    this.waiting.push(() => (request.destroyed ? this.pass() : begin()));
    if (this.free > 0) {
      this.free -= 1;
      this.pass();
    }
  };

  /** Behind the parser, where it read the body. */
  readonly done = (request: Request, _response: Response, next: NextFunction): void => {
    this.leave(request);
    next();
  };

  /** Behind the parser, where it did not. Express knows it by its four parameters. */
  readonly failed = (error: unknown, request: Request, _response: Response, next: NextFunction): void => {
    this.leave(request);
    next(error);
  };

  private leave(request: Request): void {
    if (this.inside.delete(request)) this.pass();
  }

  /** Hands a place that is free to the next in line. */
  private pass(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}

export function isLarge({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > SMALL_BYTES;
}

/** Nobody knows how large it is, and hardly anyone sends one. */
export function isCompressed({ headers }: Request): boolean {
  return headers['content-encoding'] !== undefined;
}
