import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '@tandem/api/config';
import { clientOf } from '@tandem/api/http';
import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';

const COOKIE = 'tandem_voter';
const BYTES = 16;
const WELL_FORMED = /^[\w-]{22}$/;
const KEPT_MS = 365 * 24 * 3_600_000;

/** Tells voters apart: whom a token stands for, else a browser by a cookie that means nothing else. Only its checksum is kept. */
@Injectable()
export class Voters {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  /** Who votes. A browser without a cookie is given one. */
  voterOf(request: Request, response: Response): string {
    const { role, owner } = clientOf(request);
    if (role !== 'anyone') return keyOf(`token ${owner}`);
    return keyOf(`cookie ${this.cookieOf(request) ?? this.giveCookie(request, response)}`);
  }

  /** Gives a browser its cookie before it votes: of two tabs that vote at once, each would be given one of its own. */
  greet(request: Request, response: Response): void {
    this.voterOf(request, response);
  }

  private cookieOf(request: Request): string | undefined {
    const value = parseCookie(request.headers.cookie ?? '')[COOKIE];
    return value !== undefined && WELL_FORMED.test(value) ? value : undefined;
  }

  private giveCookie(request: Request, response: Response): string {
    const value = randomBytes(BYTES).toString('base64url');
    response.cookie(COOKIE, value, { httpOnly: true, sameSite: 'strict', secure: request.secure, path: this.environment.basePath || '/', maxAge: KEPT_MS });
    return value;
  }
}

function keyOf(voter: string): string {
  return createHash('sha256').update(voter).digest('base64url');
}
