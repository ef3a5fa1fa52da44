const FAMILIES: Readonly<Record<string, string>> = {
  nanogpt: 'nanoGPT',
  litgpt: 'LitGPT',
  'llms-from-scratch': 'LLMs-from-scratch',
  'hf-gpt2': 'GPT-2',
  'hf-llama': 'Llama',
  'hf-mistral': 'Mistral',
  'hf-qwen2': 'Qwen2',
  'hf-qwen3': 'Qwen3',
  'hf-deepseek-v2': 'DeepSeek-V2',
  'hf-deepseek-v3': 'DeepSeek-V3',
};

const HUGGING_FACE = 'hf-';

/** Whose model a checkpoint is: "nanoGPT", "Hugging Face Qwen3". A server that is newer than the page may name others, which are said as they come. */
export function sayFamily(family: string | null | undefined): string {
  if (!family) return '';
  const name = Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : undefined;
  return family.startsWith(HUGGING_FACE) ? `Hugging Face ${name ?? family.slice(HUGGING_FACE.length)}` : (name ?? family);
}
