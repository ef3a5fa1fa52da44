/** Is told how a conversion goes, until it leaves. */
export interface ConversionWatcher {
  readonly onProgress: (progress: number) => void;
  /** Others are converted before it. */
  readonly onWait: () => void;
  /** Aborting it leaves the conversion, and waits until it has ended where nobody is left. */
  readonly signal: AbortSignal;
}

/** How a conversion goes: how much of it is done, or that others are before it. */
export type ConversionNews = number | 'waiting';
