export { CatalogueStore, type CatalogueState } from './catalogue-store';
export { HealthStore } from './health-store';
export { RunFailure, type RunFault, UNREADABLE_ANSWER } from './run-fault';
export { StreamTransport, type StreamOptions } from './stream-transport';
