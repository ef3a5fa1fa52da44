import { EventDecoder } from '@tandem/shared/sse';
import { refuseToken } from './fetch-json';
import { CONNECTION_LOST, faultOfResponse, RunFailure, type RunFault, SERVER_UNREACHABLE, UNREADABLE_ANSWER } from './run-fault';

/** Longest result, in characters: of a long text with all that could have stood at each place. */
const LONGEST_RESULT = 256 * 1024 * 1024;

export interface ProgressOptions {
  /** Ends the work, on the server as well. */
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
}

type ProgressEvent<Result> =
  | { readonly done: false; readonly progress: number }
  | { readonly done: true; readonly error: RunFault }
  | ({ readonly done: true; readonly error?: undefined } & Result);

/** Asks for one result that takes a while; the server tells how far it is. Rejects with a RunFailure, or as the signal says. */
export async function askWithProgress<Result>(path: string, body: object, { signal, onProgress }: ProgressOptions): Promise<Result> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { Accept: 'text/event-stream', 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    cache: 'no-store',
    signal,
  }).catch((cause: unknown) => {
    throw signal.aborted ? signal.reason : new RunFailure(SERVER_UNREACHABLE, { cause });
  });
  if (response.status === 401) refuseToken();
  if (!response.ok || !response.body) throw new RunFailure(await faultOfResponse(response));
  return readResult<Result>(response.body.getReader(), { signal, onProgress });
}

async function readResult<Result>(reader: ReadableStreamDefaultReader<Uint8Array>, { signal, onProgress }: ProgressOptions): Promise<Result> {
  let result: Result | undefined;
  const decoder = new EventDecoder({
    maxEventCharacters: LONGEST_RESULT,
    onEvent: ({ data }) => {
      const event = parse<Result>(data);
      if (!event.done) onProgress(event.progress);
      else if (event.error) throw new RunFailure(event.error);
      else result = event;
    },
  });
  try {
    while (result === undefined) {
      const { value, done } = await reader.read().catch((cause: unknown) => {
        throw signal.aborted ? signal.reason : new RunFailure(CONNECTION_LOST, { cause });
      });
      if (done) throw new RunFailure(CONNECTION_LOST);
      decoder.push(value);
    }
    return result;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function parse<Result>(data: string): ProgressEvent<Result> {
  try {
    const event = JSON.parse(data) as ProgressEvent<Result> | null;
    if (typeof event?.done === 'boolean') return event;
  } catch (cause) {
    throw new RunFailure(UNREADABLE_ANSWER, { cause });
  }
  throw new RunFailure(UNREADABLE_ANSWER);
}
