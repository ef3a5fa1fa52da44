export { CatalogueStore, type CatalogueState } from './catalogue-store';
export { CheckpointStore } from './checkpoint-store';
export { ConfigStore } from './config-store';
export { HealthStore } from './health-store';
export { ANSWER_GONE, CONNECTION_LOST, RunFailure, type RunFault, SERVER_UNREACHABLE, UNREADABLE_ANSWER } from './run-fault';
export { SessionStore } from './session-store';
export { type StreamOptions } from './stream-options';
export { type StreamPosition } from './stream-position';
export { StreamTransport } from './stream-transport';
