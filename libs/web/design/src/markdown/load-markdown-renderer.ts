import { type BlockRenderer } from './markdown-view';

let loading: Promise<BlockRenderer> | undefined;

/** Fetches the renderer ahead of the first answer, or again after a failed try. Knows nothing of what shows it: pages begin without that. */
export function loadMarkdownRenderer(): Promise<BlockRenderer> {
  loading ??= import('./render-block').catch((failure: unknown) => {
    loading = undefined;
    throw failure;
  });
  return loading;
}
