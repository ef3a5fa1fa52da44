import { describeWithNginx, startDefaultNginx } from './nginx';

/** How one comes to a server: to itself, at its sub-path, and through a proxy that passes on what comes. */
export interface Way {
  /** What the server is started with for it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where a server at this address is reached; `closing` is told how to end what stands in between. */
  reach(origin: string, closing: (close: () => Promise<void>) => void): Promise<string>;
}

const directly: Way = { environment: {}, reach: async (origin) => origin };
const atSubPath: Way = { environment: { TANDEM_BASE_PATH: '/tools' }, reach: async (origin) => `${origin}/tools` };
const behindNginx: Way = {
  environment: {},
  reach: async (origin, closing) => {
    const nginx = await startDefaultNginx(Number(new URL(origin).port), 'proxy_buffering off; proxy_http_version 1.1; proxy_set_header Host $http_host;');
    closing(() => nginx.close());
    return nginx.origin;
  },
};

/** The same tests for each way. */
export function describeEachWay(tests: (way: Way) => void): void {
  describe('directly', () => tests(directly));
  describe('at a sub-path', () => tests(atSubPath));
  describeWithNginx('behind nginx', () => tests(behindNginx));
}
