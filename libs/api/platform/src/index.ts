export { isForbiddenHost } from './address';
export { parseEndpoint } from './endpoint';
export { Fault, type FaultOptions } from './fault';
export { furnishHttp } from './http';
export { AppLogger, type LoggerOptions } from './logger';
export { withPings } from './pings';
export { PlatformModule } from './platform.module';
export { Readiness } from './readiness';
export { faultOfValidation, InParameterRange, IsConversationId, IsText } from './request-validation';
