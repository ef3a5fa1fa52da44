import type { CanActivate, ExecutionContext, Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { Request } from 'express';
import { unknownField } from '@tandem/api/faults';
import { policyOf } from '../route/request-route';

/** Refuses a request that carries fields where its route names none. Where it names any, its class refuses unknown ones. */
export class RefuseUnreadFields implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (policyOf(request).unknownFields === 'ignored') return true;
    const reads = readsOf(context.getClass(), context.getHandler().name);
    for (const { place, values } of [
      { place: RouteParamtypes.QUERY, values: request.query },
      { place: RouteParamtypes.BODY, values: (request.body ?? {}) as object },
    ]) {
      const named = reads.filter(({ type }) => type === place).map(({ data }) => data);
      const unread = Object.keys(values).find((field) => !named.includes(undefined) && !named.includes(field));
      if (unread !== undefined) throw unknownField(unread);
    }
    return true;
  }
}

/** As Nest writes down where a parameter comes from, and which one it is: "4:0". Decorators of one's own have a random word there. */
const OWN_KIND = /^(\d+):\d+$/;

/** What a handler is given of a request; without `data` it is given all of that place. */
function readsOf(controller: Type, handler: string): { readonly type: number; readonly data: unknown }[] {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<string, { data?: unknown }>;
  return Object.entries(parameters).flatMap(([key, { data }]) => {
    const kind = OWN_KIND.exec(key)?.[1];
    return kind === undefined ? [] : [{ type: Number(kind), data }];
  });
}
