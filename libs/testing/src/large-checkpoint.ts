import { closeSync, copyFileSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKPOINT_FIXTURES_FOLDER } from './checkpoint-fixtures';

const LIKE = join(CHECKPOINT_FIXTURES_FOLDER, 'hf-llama');
const HIDDEN = 1024;
const INNER = 4096;
const HEADS = 16;

/**
 * A Hugging Face folder whose weights are all zeros, in 32 bits: 64 MB a layer that take no room on the disk. It takes a
 * while to convert, and can be loaded then.
 */
export function writeLargeCheckpoint(folder: string, layers: number): void {
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(LIKE, 'tokenizer.json'), join(folder, 'tokenizer.json'));
  const config = JSON.parse(readFileSync(join(LIKE, 'config.json'), 'utf8')) as { vocab_size: number };
  const sizes = {
    hidden_size: HIDDEN,
    intermediate_size: INNER,
    num_hidden_layers: layers,
    num_attention_heads: HEADS,
    num_key_value_heads: HEADS,
    head_dim: HIDDEN / HEADS,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, ...sizes }));
  writeZeros(join(folder, 'model.safetensors'), shapesOf(layers, config.vocab_size));
}

function shapesOf(layers: number, tokens: number): Record<string, number[]> {
  const shapes: Record<string, number[]> = { 'model.embed_tokens.weight': [tokens, HIDDEN], 'lm_head.weight': [tokens, HIDDEN], 'model.norm.weight': [HIDDEN] };
  for (let layer = 0; layer < layers; layer++) {
    const at = `model.layers.${layer}`;
    for (const name of ['q_proj', 'k_proj', 'v_proj', 'o_proj']) shapes[`${at}.self_attn.${name}.weight`] = [HIDDEN, HIDDEN];
    for (const name of ['gate_proj', 'up_proj']) shapes[`${at}.mlp.${name}.weight`] = [INNER, HIDDEN];
    shapes[`${at}.mlp.down_proj.weight`] = [HIDDEN, INNER];
    for (const name of ['input_layernorm', 'post_attention_layernorm']) shapes[`${at}.${name}.weight`] = [HIDDEN];
  }
  return shapes;
}

function writeZeros(path: string, shapes: Readonly<Record<string, number[]>>): void {
  let end = 0;
  const described = Object.entries(shapes).map(([name, shape]) => {
    const start = end;
    end += 4 * shape.reduce((product, size) => product * size, 1);
    return [name, { dtype: 'F32', shape, data_offsets: [start, end] }];
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(described)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = openSync(path, 'w');
  writeSync(file, Buffer.concat([length, header]));
  ftruncateSync(file, 8 + header.length + end);
  closeSync(file);
}
