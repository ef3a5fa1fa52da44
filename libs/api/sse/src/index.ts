export { KeepAlive, keptAlive } from './keep-alive';
export { outletOf, type ResponseOutlet } from './response-outlet';
