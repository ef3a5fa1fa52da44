import { type Echo, startEcho } from './start-echo';
import { usePage } from './use-page';

export const LONG = Array.from({ length: 200 }, (_, n) => `word${n}`).join(' ');

/** A compare page for each test of a file: two models that say again what they are told, and one that is gone. */
export function useCompare() {
  let echo: Echo;
  const { open } = usePage(async () => {
    echo = await startEcho({ tokensPerSecond: 40, answerTo: (message) => (message === 'nothing' ? '' : message) });
    return {
      BASELINE_MODELS: JSON.stringify([
        { name: 'Echo', endpoint: echo.endpoint },
        { name: 'Gone', endpoint: '127.0.0.1:9' },
      ]),
      TWODELTA_MODELS: JSON.stringify([{ name: 'Other echo', endpoint: echo.endpoint }]),
    };
  });
  afterAll(() => echo.close());
  return { echo: () => echo, open };
}
