import { planContext } from './context-plan';

const KB = 1024;
const GB = 1024 ** 3;

describe('planContext', () => {
  it.each([
    ['gives four sequences what the model was trained with', 1024, 1 * KB, 6 * GB, { contextLength: 1024, sequences: 4 }],
    ['caps long contexts', 131_072, 8 * KB, 6 * GB, { contextLength: 8192, sequences: 4 }],
    ['shortens before it takes sequences away', 8192, 128 * KB, 2 * GB, { contextLength: 4096, sequences: 4 }],
    ['takes sequences away before they get too short', 8192, 512 * KB, 2 * GB, { contextLength: 2048, sequences: 2 }],
    ['assumes a usual length where the file names none', null, 1 * KB, 6 * GB, { contextLength: 4096, sequences: 4 }],
    ['leaves something in the worst case', 8192, 512 * KB, 0, { contextLength: 512, sequences: 1 }],
  ])('%s', (_title, trained, kvBytes, budget, plan) => {
    expect(planContext(trained, kvBytes, budget)).toEqual(plan);
  });
});
