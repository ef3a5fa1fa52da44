import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { RefuseUnreadFields } from './unread-fields';

/** A handler with those parameters, as Nest keeps them, and a request to it. */
function ask(parameters: Record<string, { data?: string }>, { query = {}, body }: { query?: object; body?: object }): () => boolean {
  class Controller {
    handle(): void {
      // never called: the guard comes first
    }
  }
  Reflect.defineMetadata(ROUTE_ARGS_METADATA, parameters, Controller, 'handle');
  const context = {
    switchToHttp: () => ({ getRequest: () => ({ path: '/stream', query, body }) }),
    getClass: () => Controller,
    getHandler: () => Controller.prototype.handle,
  } as unknown as ExecutionContext;
  return () => new RefuseUnreadFields().canActivate(context);
}

const REFUSED = expect.objectContaining({ code: 'unknown_field', param: 'extra' });

describe('RefuseUnreadFields', () => {
  it.each([
    ['a query where none is read', {}, { query: { extra: '1' } }],
    ['a body where none is read', {}, { body: { extra: 1 } }],
    ['a query field beside the one that is read', { [`${RouteParamtypes.QUERY}:0`]: { data: 'model' } }, { query: { model: 'm', extra: '1' } }],
    // one kind of name in forty-odd begins like a query's or a body's number
    [
      'a query beside a parameter whose random name begins with a query’s number',
      { [`${RouteParamtypes.QUERY}be0__customRouteArgs__:0`]: {} },
      { query: { extra: '1' } },
    ],
    [
      'a body beside a parameter whose random name begins with a body’s number',
      { [`${RouteParamtypes.BODY}fe1__customRouteArgs__:0`]: {} },
      { body: { extra: 1 } },
    ],
  ])('refuses %s', (_, parameters, request) => {
    expect(ask(parameters, request)).toThrow(REFUSED);
  });

  it.each([
    ['a query that the handler is given all of', { [`${RouteParamtypes.QUERY}:0`]: {} }, { query: { extra: '1' } }],
    ['the one field that is read', { [`${RouteParamtypes.QUERY}:1`]: { data: 'extra' } }, { query: { extra: '1' } }],
    ['nothing at all', {}, {}],
  ])('lets pass %s', (_, parameters, request) => {
    expect(ask(parameters, request)()).toBe(true);
  });
});
