import { Injectable, type NestMiddleware } from '@nestjs/common';
import { type Route, RouteTable } from '@tandem/api/http';
import type { NextFunction, Request, Response } from 'express';
import { PAGE_POLICY } from './file-policy';
import { PageSender } from './page-sender';

const NOT_FOUND = 404;

/**
 * The page at addresses where nothing is, for who would read a page: it says so and offers the ways. Programs get the JSON
 * error, and so does whoever mistypes an address of the API.
 */
export function mistypedRoute(table: RouteTable): Route {
  let known: ReadonlySet<string> | undefined;
  const takes = (request: Request): boolean => {
    known ??= new Set(table.routes.filter(({ policy }) => !policy.page).map(({ path }) => firstStep(path)));
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    return isRead && request.accepts(['json', 'html']) === 'html' && !known.has(firstStep(request.path));
  };
  return { method: 'GET', path: '/*mistyped', handler: MistypedPage.name, policy: PAGE_POLICY, isStream: false, takes };
}

/** Express takes letters for the same in either case. */
function firstStep(path: string): string {
  return path.split('/', 2)[1]?.toLowerCase() ?? '';
}

@Injectable()
export class MistypedPage implements NestMiddleware {
  constructor(private readonly sender: PageSender) {}

  use(request: Request, response: Response, next: NextFunction): void {
    if (!request.routes?.some(({ handler }) => handler === MistypedPage.name)) return next();
    this.sender.send(request, response.status(NOT_FOUND), 'none');
  }
}
