export { AccessModule } from './access.module';
export { furnishAccess } from './furnish-access';
