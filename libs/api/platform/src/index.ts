export { Fault, type FaultOptions } from './fault';
