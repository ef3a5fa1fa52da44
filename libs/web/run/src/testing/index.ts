export { end, HeldTransport, type HeldStream, token } from './held-transport';
