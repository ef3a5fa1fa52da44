export { isForbiddenHost } from './address';
export { parseEndpoint } from './endpoint';
export { Fault, type FaultOptions } from './fault';
