import { totalmem } from 'node:os';
import { readMachineMemory } from './machine-memory';

describe('readMachineMemory', () => {
  it('knows what there is, and that not all of it is free', () => {
    const { totalBytes, availableBytes } = readMachineMemory();
    expect(totalBytes).toBeLessThanOrEqual(totalmem());
    expect(availableBytes).toBeGreaterThan(0);
    expect(availableBytes).toBeLessThan(totalBytes);
  });

  it('counts the files that the engine has mapped as taken', () => {
    const mappedBytes = readMachineMemory().availableBytes - readMachineMemory(process.pid).availableBytes;
    // Node itself is a file of a hundred megabytes.
    expect(mappedBytes).toBeGreaterThan(10 * 1024 * 1024);
  });

  it('takes an engine that is gone for one that has nothing', () => {
    expect(readMachineMemory(2 ** 30).availableBytes).toBeGreaterThan(0);
  });
});
