import { signal } from '@angular/core';
import { faultOfResponse, RunFailure, SERVER_UNREACHABLE } from './run-fault';

const refused = signal(0);

/** How often the server asked for a token that this page does not have, or no longer. */
export const refusedTokens = refused.asReadonly();

export function refuseToken(): void {
  refused.update((count) => count + 1);
}

/** A success body, or a RunFailure. A blob is sent as it is, with its type. `admin`: the token of who runs the server, which a session does not stand for; it may be empty. */
export async function fetchJson<T>(
  path: string,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' = 'GET',
  body?: object,
  admin?: { readonly token: string },
): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body && { 'Content-Type': body instanceof Blob ? body.type : 'application/json' }),
      ...(admin?.token && { Authorization: `Bearer ${admin.token}` }),
    },
    ...(body && { body: body instanceof Blob ? body : JSON.stringify(body) }),
    cache: 'no-store',
  }).catch((cause: unknown) => {
    throw new RunFailure(SERVER_UNREACHABLE, { cause });
  });
  if (response.status === 401 && !admin) refuseToken();
  if (!response.ok) throw new RunFailure(await faultOfResponse(response));
  return (await response.json()) as T;
}
