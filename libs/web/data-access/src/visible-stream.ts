/** How long after a refused connection the next try is made, in milliseconds. */
const RETRY_MS = 5_000;

export interface StreamListeners {
  readonly onOpen: () => void;
  readonly onMessage: (data: string) => void;
  /** The connection is lost, and looked for again. */
  readonly onLost?: () => void;
}

/**
 * One connection to an event stream of the server, for as long as somebody sees the page: a browser opens no more than six
 * to one server, and those of hidden tabs would keep the others from answering. Lives as long as the page, or until `close()`.
 */
export class VisibleStream {
  private source: EventSource | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly look = (): void => this.openOrClose();

  constructor(
    private readonly path: string,
    private readonly listeners: StreamListeners,
  ) {
    document.addEventListener('visibilitychange', this.look);
    this.openOrClose();
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.look);
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }

  private openOrClose(): void {
    clearTimeout(this.timer);
    if (document.visibilityState !== 'hidden') return this.open();
    this.source?.close();
    this.source = undefined;
  }

  private open(): void {
    if (this.source) return;
    const source = new EventSource(this.path);
    this.source = source;
    source.onopen = () => this.listeners.onOpen();
    source.onmessage = ({ data }: MessageEvent<string>) => this.listeners.onMessage(data);
    source.onerror = () => {
      this.listeners.onLost?.();
      if (source.readyState !== EventSource.CLOSED) return;
      this.source = undefined;
      this.timer = setTimeout(() => this.openOrClose(), RETRY_MS);
    };
  }
}
