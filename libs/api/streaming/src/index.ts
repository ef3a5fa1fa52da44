export { StreamingModule } from './streaming.module';
