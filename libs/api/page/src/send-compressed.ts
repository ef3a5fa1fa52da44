import type { NextFunction, Request, Response } from 'express';
import { COMPRESSED_NAMES, type WebFiles } from './web-files';

type Encoding = keyof typeof COMPRESSED_NAMES;

/** Puts the form that the build compressed in a file's place, for who takes it. */
export function sendCompressed({ compressed }: WebFiles) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const file = request.path.slice(1);
    // what it is counted as: file names change with every version
    response.locals['route'] = 'file';
    const there = Object.entries(COMPRESSED_NAMES).filter(([, ending]) => compressed.has(file + ending));
    if (there.length === 0) return next();
    response.vary('Accept-Encoding');
    const taken = request.acceptsEncodings(...there.map(([encoding]) => encoding), 'identity') as Encoding | 'identity' | false;
    if (taken === false || taken === 'identity') return next();
    response.type(file).set('Content-Encoding', taken);
    request.url = request.url.replace(file, file + COMPRESSED_NAMES[taken]);
    next();
  };
}
