import type { NextFunction, Request, Response } from 'express';
import { otherMethod } from '@tandem/api/faults';
import { NO_ROUTE, type RoutePolicy } from './route-policy';
import type { Route } from './route-table';

declare module 'express-serve-static-core' {
  interface Request {
    /** What is at its address, for any method. */
    routes?: readonly Route[];
  }
}

/** The route that answers the request; undefined where none does. */
export function routeOf({ routes = [], method }: Request): Route | undefined {
  return routes.find((route) => answers(route, method));
}

/** What holds for a request, also where its method is none of its address. */
export function policyOf(request: Request): RoutePolicy {
  return (routeOf(request) ?? request.routes?.[0])?.policy ?? NO_ROUTE;
}

/** Refuses a method that its address does not have. Nobody waits for the head of a stream. */
export function refuseOtherMethods(request: Request, response: Response, next: NextFunction): void {
  const { method } = request;
  // what stands behind all others takes everything
  const routes = (request.routes ?? []).filter((route) => route.method !== 'ALL');
  if (routes.length === 0 || routes.some((route) => answers(route, method))) return next();
  const allowed = [...new Set(routes.flatMap((route) => [route.method, ...(answers(route, 'HEAD') ? ['HEAD'] : [])]))].sort().join(', ');
  response.setHeader('Allow', allowed);
  throw otherMethod(method, allowed);
}

function answers(route: Route, method: string): boolean {
  return route.method === method || route.method === 'ALL' || (method === 'HEAD' && route.method === 'GET' && !route.isStream);
}
