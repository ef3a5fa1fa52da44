import type { NextFunction, Request, Response } from 'express';

const SEEN_OTHERWISE = 308;

/**
 * Takes the base path off every address before anything looks at it. What comes without it is served as well: a proxy may
 * have taken it off already, and probes know nothing of it.
 */
export function stripBasePath(basePath: string) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { url } = request;
    if (basePath === '' || !url.startsWith(basePath)) return next();
    const rest = url.slice(basePath.length);
    // without the slash at its end the page's relative addresses would lead elsewhere
    if (rest === '' || rest.startsWith('?')) return response.redirect(SEEN_OTHERWISE, `${basePath}/${rest}`);
    if (rest.startsWith('/')) request.url = rest;
    next();
  };
}
