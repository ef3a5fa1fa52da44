export { type PromptSetFile, readPromptSet, type SetFormat } from './prompt-sets/read-prompt-set';
