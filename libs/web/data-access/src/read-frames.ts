import { isEndFrame, type StreamFrame } from '@tandem/shared/contracts';
import { EventDecoder } from '@tandem/shared/sse';
import { RunFailure, UNREADABLE_ANSWER } from './run-fault';
import { type StreamOptions } from './stream-options';
import { type StreamCursor } from './stream-position';

/** After how long without a byte a connection is taken for lost, in milliseconds: the server sends one every 15 s. */
const SILENT_MS = 40_000;

/** Hands on the frames of one connection, each once. Whether the last of them was among them; if not, it is lost. */
export async function readFrames(response: Response, cursor: StreamCursor, { signal, onFrames }: StreamOptions): Promise<boolean> {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let arrived: StreamFrame[] = [];
  let hasEnded = false;
  const decoder = new EventDecoder({
    onEvent: ({ data, id }) => {
      const number = numberOf(id) ?? cursor.number + 1;
      if (hasEnded || number <= cursor.number) return;
      const frame = parseFrame(data);
      hasEnded = isEndFrame(frame);
      arrived.push(frame);
      cursor.number = number;
    },
  });
  try {
    while (!hasEnded) {
      const bytes = await read(reader, signal);
      if (!bytes) return false;
      try {
        decoder.push(bytes);
      } finally {
        // what came before something unreadable in the same read is part of the answer
        if (arrived.length > 0) {
          cursor.heardAtMs = performance.now();
          onFrames(arrived, cursor.number);
        }
        arrived = [];
      }
    }
    return true;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** Undefined when the connection is over, or as good as. */
async function read(reader: ReadableStreamDefaultReader<Uint8Array>, signal: AbortSignal): Promise<Uint8Array | undefined> {
  let stop = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const given = new Promise<undefined>((resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop);
    timer = setTimeout(() => resolve(undefined), SILENT_MS);
  });
  try {
    signal.throwIfAborted();
    return (await Promise.race([reader.read().catch(() => undefined), given]))?.value;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** The number in `<stream id>.<number>`. */
function numberOf(id: string | undefined): number | undefined {
  const [, digits] = /\.(\d+)$/.exec(id ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function parseFrame(data: string): StreamFrame {
  try {
    const frame: unknown = JSON.parse(data);
    if (isFrame(frame)) return frame;
  } catch (cause) {
    throw new RunFailure(UNREADABLE_ANSWER, { cause });
  }
  throw new RunFailure(UNREADABLE_ANSWER);
}

function isFrame(value: unknown): value is StreamFrame {
  if (typeof value !== 'object' || value === null) return false;
  return 'token' in value && typeof value.token === 'string' && 'done' in value && typeof value.done === 'boolean';
}
