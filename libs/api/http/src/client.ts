import type { Request } from 'express';

/** Who sent a request, as far as that was verified. */
export interface Client {
  /** What limits count: who it is and from where. */
  readonly key: string;
  /** Whose its answers and conversations are: who it is, wherever it comes from; without a token, its address. */
  readonly owner: string;
  readonly role: 'anyone' | 'member' | 'admin';
  /** The sign-in by which it came, if any. */
  readonly session?: string;
}

declare module 'express-serve-static-core' {
  interface Request {
    sentBy?: Client;
  }
}

const NOBODY: Client = { key: 'unknown', owner: 'unknown', role: 'anyone' };

/** Whom the gate took the request for. */
export function clientOf(request: Request): Client {
  return request.sentBy ?? NOBODY;
}
