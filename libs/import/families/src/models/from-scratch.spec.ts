import { rmSync } from 'node:fs';
import { CheckpointCopies, type WeightsByName } from '../testing/checkpoint-copies';
import { plannedCheckpoints, plannedFixtures } from '../testing/planned-checkpoints';

const fixture = plannedFixtures();
const copies = new CheckpointCopies();
const plan = plannedCheckpoints();

const FROM = 'trf_blocks.1';

describe('the GPT of “Build a Large Language Model (From Scratch)”', () => {
  it.each([
    ['tok_emb.weight', 'token_embd.weight'],
    ['pos_emb.weight', 'position_embd.weight'],
    ['out_head.weight', 'output.weight'],
    ['final_norm.scale', 'output_norm.weight'],
    ['final_norm.shift', 'output_norm.bias'],
    [`${FROM}.norm1.scale`, 'blk.1.attn_norm.weight'],
    [`${FROM}.norm2.shift`, 'blk.1.ffn_norm.bias'],
    [`${FROM}.att.out_proj.weight`, 'blk.1.attn_output.weight'],
    [`${FROM}.ff.layers.0.weight`, 'blk.1.ffn_up.weight'],
    [`${FROM}.ff.layers.2.bias`, 'blk.1.ffn_down.bias'],
  ])('%s becomes %s as it is', (from, to) => {
    const { planned, source } = fixture('from-scratch');
    expect(planned(to)).toEqual(source(from));
  });

  it('has its queries, keys and values joined, with their biases', () => {
    const { planned, source } = fixture('from-scratch');
    const parts = ['W_query', 'W_key', 'W_value'];
    expect(planned('blk.1.attn_qkv.weight')).toEqual(parts.flatMap((part) => source(`${FROM}.att.${part}.weight`)));
    expect(planned('blk.1.attn_qkv.bias')).toEqual([parts.flatMap((part) => source(`${FROM}.att.${part}.bias`)).flat()]);
  });

  it('carries masks in its file, which are no weights', () => {
    const { source, names, parameters } = fixture('from-scratch');
    expect(source(`${FROM}.att.mask`)).toHaveLength(128);
    expect(names.filter((name) => name.includes('mask'))).toEqual([]);
    // Two tables of 331 tokens, one of 128 positions, one norm; in each layer attention, a feed-forward part and two norms.
    const layer = 4 * 32 * 33 + (128 * 32 + 128) + (32 * 128 + 32) + 4 * 32;
    expect(parameters).toBe(2 * 331 * 32 + 128 * 32 + 2 * 32 + 2 * layer);
  });

  it('is GPT-2 for llama.cpp, of the heads that config.json says', () => {
    const { model, says } = fixture('from-scratch');
    expect([model.family, says('general.architecture'), says('gpt2.attention.head_count')]).toEqual(['llms-from-scratch', 'gpt2', 2]);
  });

  describe('whose files were changed', () => {
    function changed(change: (weights: WeightsByName) => void): string {
      const folder = copies.copy('from-scratch');
      copies.weights(`${folder}/model.pth`, change);
      return folder;
    }

    it('has zeros for the biases where the book’s qkv_bias is off', () => {
      const folder = changed((weights) => {
        for (const name of [...weights.keys()]) if (/W_\w+\.bias$/.test(name)) weights.delete(name);
      });
      const [bias = []] = plan(`${folder}/model.pth`, copies.root).planned('blk.0.attn_qkv.bias');
      expect([bias.length, new Set(bias)]).toEqual([96, new Set([0])]);
    });

    it('has zeros for one of the three alone where only that one has no bias', () => {
      const folder = changed((weights) => weights.delete('trf_blocks.0.att.W_key.bias'));
      const { planned, source } = plan(`${folder}/model.pth`, copies.root);
      const [queries = [], values = []] = ['W_query', 'W_value'].map((part) => source(`trf_blocks.0.att.${part}.bias`).flat());
      expect(planned('blk.0.attn_qkv.bias')).toEqual([[...queries, ...Array.from({ length: 32 }, () => 0), ...values]]);
    });

    it('needs its own tokenizer where its rows are not GPT-2’s', () => {
      const folder = copies.copy('from-scratch');
      rmSync(`${folder}/tokenizer.json`);
      expect(() => plan(`${folder}/model.pth`, copies.root)).toThrow('The checkpoint does not say what its 331 tokens are: put its tokenizer.json beside it.');
    });
  });
});
