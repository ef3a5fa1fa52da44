/** A prompt to begin with. */
export interface SamplePrompt {
  /** What it tests; empty where it is asked for its own sake. */
  readonly tests: string;
  /** As its button says it. */
  readonly words: string;
  readonly prompt: string;
}

/** One that is said as it is asked. */
export function plain(prompt: string, tests = ''): SamplePrompt {
  return { tests, words: prompt, prompt };
}
