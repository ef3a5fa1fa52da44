import { existsSync } from 'node:fs';

/** The headless shell is Chromium without its windows: the same engine for a third of the work. */
const INSTALLED = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** `CHROMIUM` where it is set. */
export const chromiumPath = () => process.env.CHROMIUM ?? INSTALLED.find((path) => existsSync(path)) ?? INSTALLED[0];
