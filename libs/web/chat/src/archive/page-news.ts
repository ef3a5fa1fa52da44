/** What changed: a conversation, or with `message` no more than the text of that one. */
export interface ChangeNews {
  readonly conversation: string;
  readonly message?: string | undefined;
}

export interface ArrivedNews extends ChangeNews {
  /** Whether this page made the change itself. */
  readonly isOwn: boolean;
}

/** Tells this page's listeners, and every other page of this browser, what was changed. Lives as long as the page. */
export class PageNews {
  private readonly listeners = new Set<(news: ArrivedNews) => void>();
  private readonly channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('tandem-chat');

  constructor() {
    this.channel?.addEventListener('message', ({ data }: MessageEvent<ChangeNews>) => this.hear({ ...data, isOwn: false }));
  }

  tell(news: ChangeNews): void {
    this.channel?.postMessage(news);
    this.hear({ ...news, isOwn: true });
  }

  /** Gives the way to stop listening. */
  listen(listener: (news: ArrivedNews) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private hear(news: ArrivedNews): void {
    for (const listener of this.listeners) listener(news);
  }
}
