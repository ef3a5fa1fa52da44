export { OpenAiModule } from './openai.module';
