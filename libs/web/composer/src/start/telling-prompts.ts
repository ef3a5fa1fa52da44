import { plain, type SamplePrompt } from './sample-prompt';

/** Prompts whose answers tell something of any model: arithmetic, a form to keep to, a question without an answer, words to weigh. */
export const TELLING_PROMPTS: readonly SamplePrompt[] = [
  'What is 17 × 23? Answer with the number alone.',
  'Give me three rivers of Europe as a JSON array of strings, and nothing else.',
  'What did I have for breakfast today?',
  'Explain in two sentences why the sky is blue.',
].map((prompt) => plain(prompt));
