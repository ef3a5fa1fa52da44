// Before the first browser test of a run: one Chromium, which all files of all workers connect to, and servers for those that need no other.
import { chromium } from 'playwright-core';
import { chromiumPath } from './chromium-path.mjs';
import { endServers, shareServers } from './share-servers.mjs';

let browser;

export default async function shareRun() {
  browser = await chromium.launchServer({ executablePath: chromiumPath(), args: ['--no-sandbox'], host: '127.0.0.1' });
  process.env.SHARED_CHROMIUM = browser.wsEndpoint();
  await shareServers();
}

export const endRun = () => Promise.all([browser?.close(), endServers()]);
