export { isForbiddenHost } from './address';
export { EndpointError, parseEndpoint, withoutLastSlashes } from './endpoint';
export { ForbiddenAddressError, guardLookup } from './guarded-lookup';
export { isLoopbackHost } from './loopback';
export { NO_PROXIES, type OutwardProxies, proxyFor } from './outward-proxy';
