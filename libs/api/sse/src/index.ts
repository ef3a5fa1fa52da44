export { withPings } from './pings';
export { outletOf, type ResponseOutlet } from './response-outlet';
