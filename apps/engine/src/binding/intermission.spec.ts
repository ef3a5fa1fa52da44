import { Intermission } from './intermission';

describe('Intermission', () => {
  it('holds nobody up while there is none', () => {
    expect(new Intermission().current).toBeNull();
  });

  it('is over when all work in it is done', async () => {
    const intermission = new Intermission();
    const finish: (() => void)[] = [];
    const done = [0, 1].map(() => intermission.during(() => new Promise((resolve) => finish.push(resolve))));
    let isOver = false;
    void intermission.current?.then(() => (isOver = true));
    finish[0]?.();
    await done[0];
    expect(isOver).toBe(false);
    finish[1]?.();
    await done[1];
    await intermission.current;
    expect(intermission.current).toBeNull();
    expect(isOver).toBe(true);
  });

  it('is over when its work failed', async () => {
    const intermission = new Intermission();
    await expect(intermission.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(intermission.current).toBeNull();
  });
});
