export { AccessModule } from './access.module';
export { furnishAccess } from './furnish-access';
export { bearerOf } from './token';
