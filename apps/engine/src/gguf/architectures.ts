/** What a model may be that writes no text by itself, said of it as "it is …", and what to do about it. */
export const PURPOSES = {
  'encoder-decoder': ['an encoder-decoder', 'Only models that read and write with one decoder can answer here.'],
  encoder: ['an encoder', 'It reads text and writes none.'],
  embedding: ['an embedding model', 'It turns text into vectors and writes none.'],
  reranker: ['a reranker or classifier', 'It rates texts and writes none.'],
  diffusion: ['a diffusion model', 'It fills in a whole text at once instead of writing on, which cannot be shown here.'],
  projector: ['a projector', 'It translates images or sounds for the model that it came with. Load that one.'],
  drafter: ['a draft model', 'It guesses ahead for the model that it was made for, and only beside that one. Load that one.'],
  speech: ['a speech model', 'It makes sound and no text.'],
  vocabulary: ['a vocabulary without weights', 'Take the file that has the weights as well.'],
  optimizer: ["an optimizer's state without a model", "Take the model's own file from the same training run."],
  'importance matrix': ['an importance matrix', 'It helps to quantize a model. Load the model itself.'],
  'control vector': ['a control vector', 'It steers a model. Load the model itself.'],
} as const;

export type Purpose = keyof typeof PURPOSES;

/** The architectures of the llama.cpp that the binding brings, of which only these write text by themselves. */
const GENERATORS = new Set(
  `llama llama4 deci falcon grok gpt2 gptneox mpt baichuan starcoder refact bloom stablelm qwen qwen2 qwen2moe qwen2vl qwen3 qwen3moe
  qwen3next qwen3vl qwen3vlmoe qwen35 qwen35moe qwen4exp phi2 phi3 phimoe plamo plamo2 plamo3 codeshell orion internlm2 minicpm minicpm3
  gemma gemma2 gemma3 gemma3n gemma4 starcoder2 mamba mamba2 maple jamba falcon-h1 xverse command-r cohere2 cohere2moe dbrx olmo olmo2
  olmoe muse-glimmer openelm arctic deepseek deepseek2 deepseek2-ocr deepseek32 deepseek4 chatglm glm4 glm4moe glm-dsa bitnet jais jais2
  nemotron nemotron_h nemotron_h_moe exaone exaone4 exaone-moe rwkv6 rwkv6qwen2 rwkv7 arwkv7 granite granitemoe granitehybrid
  graniteswitch granite_swa chameleon plm bailingmoe bailingmoe2 bailingmoe3 dots1 dots3note arcee afmoe laguna ernie4_5 ernie4_5-moe
  hunyuan-moe hunyuan-dense hunyuan_vl hy_v3 hy_v4 smollm3 gpt-oss lfm2 lfm2moe smallthinker seed_oss grovemoe apertus minimax-01
  minimax-m2 minimax-m3 hrm_text cogvlm pangu-embedded mistral3 mistral4 paddleocr mimo2 step35 spark2_5 maincoder kimi-linear kimi-k3
  talkie mellum nanbeige`.split(/\s+/),
);

const OTHERS: Readonly<Record<string, Purpose>> = {
  t5: 'encoder-decoder',
  t5encoder: 'encoder',
  bert: 'embedding',
  'modern-bert': 'embedding',
  'nomic-bert': 'embedding',
  'nomic-bert-moe': 'embedding',
  'neo-bert': 'embedding',
  'jina-bert-v2': 'embedding',
  'jina-bert-v3': 'embedding',
  eurobert: 'embedding',
  'gemma-embedding': 'embedding',
  'llama-embed': 'embedding',
  dream: 'diffusion',
  llada: 'diffusion',
  'llada-moe': 'diffusion',
  rnd1: 'diffusion',
  clip: 'projector',
  eagle3: 'drafter',
  dflash: 'drafter',
  'gemma4-assistant': 'drafter',
  'wavtokenizer-dec': 'speech',
  qwen3tts: 'speech',
  pockettts: 'speech',
};

/** What an architecture is for, by its name; null where llama.cpp has no graph for it. */
export function purposeNamed(architecture: string): Purpose | 'generator' | null {
  if (GENERATORS.has(architecture)) return 'generator';
  return Object.hasOwn(OTHERS, architecture) ? (OTHERS[architecture] ?? null) : null;
}
