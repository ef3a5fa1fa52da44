import { elementCount, type SourceTensor } from '@tandem/import/formats';
import { ModelPlan } from './model-plan';
import { Weights } from './weights';

function tensor(name: string, shape: readonly number[], type: SourceTensor['type'] = 'f32', value = 1): SourceTensor {
  const bytes = type === 'f32' ? 4 : 2;
  return { name, shape, type, readF32: (_start, count) => new Float32Array(count).fill(value), readBytes: (_start, count) => new Uint8Array(count * bytes) };
}

const weights = (...tensors: SourceTensor[]) => new Weights(new Map(tensors.map((one) => [one.name, one])));

describe('the weights of a model', () => {
  it('are refused by their names where nobody asked for them', () => {
    const some = weights(tensor('a', [2, 2]), tensor('mask', [2]), ...['p', 'q', 'r', 's'].map((name) => tensor(name, [1])));
    some.matrix('a', 2, 2);
    some.leaveOut(/^mask$/);
    expect(() => some.refuseRest()).toThrow(/\(p, q, r, and 1 more\)/);
    some.leaveOut(/^[p-s]$/);
    expect(() => some.refuseRest()).not.toThrow();
    expect(some.parameters).toBe(4);
  });

  it('are refused where they are missing or of another shape', () => {
    const some = weights(tensor('a', [2, 3]));
    expect(() => some.matrix('b', 2, 3)).toThrow('The checkpoint lacks b.');
    expect(() => some.matrix('a', 3, 2)).toThrow(/a is 2×3 where 3×2 belongs/);
    expect(some.vectorIfThere('b', 2)).toBeUndefined();
  });

  it('are counted by the numbers in their names', () => {
    const some = weights(tensor('layers.0.a', [1]), tensor('layers.11.a', [1]));
    expect(some.count(/^layers\.(\d+)\./)).toBe(12);
    expect(some.count(/^experts\.(\d+)\./)).toBe(0);
  });
});

describe('a plan', () => {
  const typeOf = (wished: 'f32' | 'f16' | 'bf16' | 'q8_0', source: SourceTensor) => {
    const plan = new ModelPlan(wished, true);
    plan.matrix('x', weights(source).matrix(source.name, source.shape[0] ?? 0, source.shape[1] ?? 0));
    return plan.tensors[0]?.type;
  };

  it.each([
    ['f16', 'f32', 64, 'f16'],
    ['f16', 'bf16', 64, 'bf16'],
    ['bf16', 'f16', 64, 'f16'],
    ['f32', 'bf16', 64, 'f32'],
    ['q8_0', 'f32', 64, 'q8_0'],
    ['q8_0', 'bf16', 64, 'q8_0'],
    ['q8_0', 'f32', 48, 'f16'],
    ['q8_0', 'bf16', 48, 'bf16'],
    ['q8_0', 'f32', 32, 'f16'],
  ] as const)('for %s writes %s rows of %i as %s', (wished, source, cols, expected) => {
    expect(typeOf(wished, tensor('w', [4, cols], source))).toBe(expected);
  });

  it('copies what is of that type already, and gives floats of the rest', () => {
    const plan = new ModelPlan('f16', true);
    const some = weights(tensor('same', [4, 8], 'f16'), tensor('other', [4, 8]));
    plan.matrix('same', some.matrix('same', 4, 8));
    plan.matrix('other', some.matrix('other', 4, 8));
    const [same, other] = plan.tensors.map((one) => [...one.chunks()]);
    expect(same).toEqual([{ bytes: new Uint8Array(64) }]);
    expect(other).toEqual([new Float32Array(32).fill(1)]);
  });

  it('reads large weights piece by piece', () => {
    const plan = new ModelPlan('f16', true);
    plan.matrix('large', weights(tensor('large', [3000, 1024])).matrix('large', 3000, 1024));
    const [large] = plan.tensors;
    const lengths = [...(large?.chunks() ?? [])].map((piece) => (piece instanceof Float32Array ? piece.length : 0));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1024 * 1024);
    expect(lengths.reduce((sum, one) => sum + one, 0)).toBe(elementCount({ shape: large?.shape ?? [] }));
  });

  it('writes a head that is the embedding once', () => {
    const plan = new ModelPlan('f16', true);
    const some = weights(tensor('e', [40, 8]), tensor('same', [40, 8]), tensor('other', [40, 8], 'f32', 2));
    const embedding = some.matrix('e', 40, 8);
    expect(plan.headUnlessTied(embedding, some.matrix('same', 40, 8))).toBeUndefined();
    expect(plan.tiedElements).toBe(320);
    expect(plan.headUnlessTied(embedding, some.matrix('other', 40, 8))).toBeDefined();
  });
});
