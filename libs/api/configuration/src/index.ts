export { ConfigurationModule } from './configuration.module';
