import { deltaP } from './delta-p';

const logs = (...shares: number[]) => shares.map(Math.log);

describe('deltaP', () => {
  it('has the reference values', () => {
    const { mean, rms } = deltaP(logs(0.3, 0.4, 0.2, 0.55), logs(0.25, 0.5, 0.125, 0.5)) ?? { mean: 0, rms: 0 };
    expect(rms).toBeCloseTo(0.07180703, 8);
    expect(mean).toBeCloseTo(-0.01875, 12);
  });

  it('leaves out tokens that one side has nothing for', () => {
    expect(deltaP([null, 0], [-1, 0])).toEqual({ mean: 0, rms: 0 });
    expect(deltaP([null], [-1])).toBeNull();
    expect(deltaP([], [])).toBeNull();
  });

  it('refuses what are not the same tokens', () => {
    expect(() => deltaP([0], [])).toThrow('1 and 0 tokens');
  });
});
