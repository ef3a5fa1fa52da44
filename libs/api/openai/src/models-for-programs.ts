import type { NextFunction, Request, Response } from 'express';

const PAGE = /^\/models(?=\?|$)/;

/** `/models` is a page. A client of the OpenAI API whose base address lacks `/v1` asks there for the list, and takes no HTML. */
export function showModelsToPrograms(request: Request, _response: Response, next: NextFunction): void {
  if (request.method === 'GET' && PAGE.test(request.url) && request.accepts('html') === false) request.url = `/v1${request.url}`;
  next();
}
