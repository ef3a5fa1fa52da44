export { ConfigModule } from './config.module';
export { ConfigRefresher } from './config-refresher';
export { ConfigStore } from './config-store';
export { ConfigurationError } from './configuration-error';
export { type Environment, parseEnvironment } from './environment';
export { isOwnAddress } from './own-address';
export type { ConfiguredModel, ConfigSnapshot } from './snapshot';
export { ENVIRONMENT } from './tokens';
export { warnIfOpen } from './warn-if-open';
