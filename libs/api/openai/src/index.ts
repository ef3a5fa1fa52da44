export { showModelsToPrograms } from './models-for-programs';
export { OpenAiModule } from './openai.module';
