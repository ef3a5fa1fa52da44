export { PageModule } from './page.module';
