// Before the first browser test of a run: one Chromium, which all files of all workers connect to.
import { chromium } from 'playwright-core';
import { chromiumPath } from './chromium-path.mjs';

let server;

export default async function shareChromium() {
  server = await chromium.launchServer({ executablePath: chromiumPath(), args: ['--no-sandbox'], host: '127.0.0.1' });
  process.env.SHARED_CHROMIUM = server.wsEndpoint();
}

export const endChromium = () => server?.close();
