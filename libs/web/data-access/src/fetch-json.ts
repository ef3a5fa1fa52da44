import { faultOfResponse, RunFailure, SERVER_UNREACHABLE } from './run-fault';

/** A success body, or a RunFailure. */
export async function fetchJson<T>(path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET'): Promise<T> {
  const response = await fetch(path, { method, headers: { Accept: 'application/json' }, cache: 'no-store' }).catch((cause: unknown) => {
    throw new RunFailure(SERVER_UNREACHABLE, { cause });
  });
  if (!response.ok) throw new RunFailure(await faultOfResponse(response));
  return (await response.json()) as T;
}
