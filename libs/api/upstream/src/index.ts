export { DEFAULT_DEADLINES, type Deadlines } from './connection/deadlines';
export { ANSWERING, judgeTrouble } from './health/judge-trouble';
export { probeRemote } from './health/probe-remote';
export type { RemoteEndpoint } from './connection/remote-endpoint';
export { RemoteSource } from './source/remote-source';
export { DEFAULT_QUEUE } from './source/request-queue';
export { UpstreamClient } from './connection/upstream-client';
