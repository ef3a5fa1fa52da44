import { type RunningApp } from './start-app';

/** The server of this worker, for tests that leave nothing behind in it: nobody but the run itself ends it. */
export async function sharedApp(): Promise<RunningApp> {
  const { SHARED_SERVERS: giver, JEST_WORKER_ID: worker } = process.env;
  if (giver === undefined) throw new Error('There is no server: the browser tests are run as the jest project "browser".');
  const response = await fetch(`${giver}/${worker}`);
  const url = await response.text();
  if (!response.ok) throw new Error(url);
  return { url, close: async () => undefined, kill: () => Promise.reject(new Error('Others use this server as well: start one to kill it.')) };
}
