import { Worker } from 'node:worker_threads';
import type { OpenMessage, OpenReply, QueryMessage, QueryReply, SqliteErrorMessage } from './sqlite-messages';

type Parameters = QueryMessage['parameters'];
type Answered = Extract<QueryReply, { readonly rows: unknown }>;

interface Waiting {
  readonly resolve: (answer: Answered) => void;
  readonly reject: (error: Error) => void;
}

/** What SQLite says of a query. */
export class SqliteError extends Error {
  /** As SQLite numbers them; undefined where it is no error of SQLite's: a value that cannot be handed over. */
  readonly errcode: number | undefined;

  constructor({ message, errcode }: SqliteErrorMessage) {
    super(message);
    this.name = 'SqliteError';
    this.errcode = errcode;
  }
}

/** Whatever was asked of the thread will get no answer. */
export class SqliteThreadEnded extends Error {
  constructor() {
    super('The thread that holds the file has ended.');
    this.name = 'SqliteThreadEnded';
  }
}

/** The thread that holds the file. It takes one query after the other. */
export class SqliteThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private readonly gone: Promise<void>;
  private hasEnded = false;
  /** Settles once the thread has tried to open the file. */
  readonly opened: Promise<OpenReply>;

  constructor(entry: URL, message: OpenMessage) {
    // Node says of SQLite that it is experimental; its version is pinned
    this.worker = new Worker(entry, { workerData: message, execArgv: ['--disable-warning=ExperimentalWarning'] });
    this.opened = new Promise((resolve) => {
      this.worker.once('message', (reply: OpenReply) => {
        this.worker.on('message', (answer: QueryReply) => this.settle(answer));
        resolve(reply);
      });
      this.worker.once('error', ({ message: why }) => resolve({ refusal: 'error', error: { message: why, errcode: undefined } }));
    });
    this.gone = new Promise((resolve) => {
      this.worker.once('exit', () => {
        this.hasEnded = true;
        for (const { reject } of this.waiting.values()) reject(new SqliteThreadEnded());
        this.waiting.clear();
        resolve();
      });
    });
  }

  /** @throws SqliteError | SqliteThreadEnded */
  run(sql: string, parameters: Parameters): Promise<Answered> {
    if (this.hasEnded) return Promise.reject(new SqliteThreadEnded());
    const id = (this.last += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, sql, parameters } satisfies QueryMessage);
    });
  }

  /** Once everything before it is done. */
  async close(): Promise<void> {
    if (!this.hasEnded) this.worker.postMessage('close');
    await this.gone;
  }

  private settle(answer: QueryReply): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(new SqliteError(answer.error));
    else waiting?.resolve(answer);
  }
}
