export { KeepAlive, keptAlive } from './keep-alive';
