import { ARRAY, BOOL, F32, ggufBytes, lyingArray, lyingString, STRING, tinyMetadata, tinyMetadataWith, tinyTensors, U32 } from './gguf-bytes';
import { ggufContents } from './gguf-contents';

describe('a GGUF that tests write', () => {
  it('says by the specification what it was told', () => {
    const tensors = [
      { name: 'a', dimensions: [2, 3], data: Buffer.from('six by four bytes, 24 ..') },
      { name: 'b', dimensions: [1n], type: 1, data: Buffer.of(1, 2) },
    ];
    const metadata = [
      ['general.name', STRING, 'größer'],
      ['one', U32, 4_000_000_000],
      ['half', F32, 0.5],
      ['yes', BOOL, 1],
      ['words', ARRAY, ['a', '']],
      ['numbers', ARRAY, [1, 2]],
    ] as const;
    const contents = ggufContents(ggufBytes({ metadata, tensors }));
    expect(contents.version).toBe(3);
    expect(Object.fromEntries(contents.metadata)).toEqual({
      'general.name': 'größer',
      one: 4_000_000_000,
      half: 0.5,
      yes: true,
      words: ['a', ''],
      numbers: [1, 2],
    });
    const [a, b] = [contents.tensors.get('a'), contents.tensors.get('b')];
    expect([a?.dimensions, a?.type, a?.data.subarray(0, 24)]).toEqual([[2, 3], 0, tensors[0]?.data]);
    expect([b?.dimensions, b?.type, b?.data.subarray(0, 2)]).toEqual([[1], 1, tensors[1]?.data]);
    expect([contents.dataStart % 32, (b?.offset ?? 1) % 32]).toEqual([0, 0]);
  });

  it('has the weights that its metadata speaks of', () => {
    const { metadata, tensors } = ggufContents(ggufBytes({ metadata: tinyMetadata(), tensors: tinyTensors() }));
    const [width, vocabulary] = [metadata.get('llama.embedding_length') as number, (metadata.get('tokenizer.ggml.tokens') as string[]).length];
    expect(tensors.get('token_embd.weight')?.dimensions).toEqual([width, vocabulary]);
    for (const { dimensions, data } of tensors.values()) {
      expect(data.length).toBeGreaterThanOrEqual(4 * dimensions.reduce((product, size) => product * size, 1));
    }
  });

  it('may have other metadata, or less', () => {
    const changed = tinyMetadataWith({
      'tokenizer.ggml.merges': null,
      'general.architecture': ['general.architecture', STRING, 'gpt2'],
      more: ['more', U32, 7],
    });
    const before = new Map(tinyMetadata().map(([key, , value]) => [key, value]));
    const after = new Map(changed.map(([key, , value]) => [key, value]));
    expect(after.has('tokenizer.ggml.merges')).toBe(false);
    expect([after.get('general.architecture'), after.get('more')]).toEqual(['gpt2', 7]);
    expect(after.size).toBe(before.size);
  });

  it('may lie about how long it is', () => {
    const { tensors } = ggufContents(ggufBytes({}));
    expect(tensors.size).toBe(0);
    expect(ggufBytes({ keyCount: 5n }).readBigUInt64LE(16)).toBe(5n);
    expect(lyingArray(STRING, 2n ** 40n).readBigUInt64LE(4)).toBe(2n ** 40n);
    expect(lyingString(9n).readBigUInt64LE(0)).toBe(9n);
  });
});
