export { DEFAULT_DEADLINES, type Deadlines } from './deadlines';
export { ANSWERING, judgeTrouble } from './judge-trouble';
export { probeRemote } from './probe-remote';
export type { RemoteEndpoint } from './remote-endpoint';
export { RemoteSource } from './remote-source';
export { DEFAULT_QUEUE } from './request-queue';
export { UpstreamClient } from './upstream-client';
