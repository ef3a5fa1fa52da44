export { withPings } from './pings';
