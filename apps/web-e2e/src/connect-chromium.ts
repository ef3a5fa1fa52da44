import { type Browser, chromium } from 'playwright-core';

/** The run's Chromium. Closing what this gives closes its own contexts, and leaves those of other files alone. */
export function connectChromium(): Promise<Browser> {
  const address = process.env['SHARED_CHROMIUM'];
  if (address === undefined) throw new Error('There is no Chromium: the browser tests are run as the jest project "browser".');
  return chromium.connect(address);
}
