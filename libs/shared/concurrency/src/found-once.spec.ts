import { FoundOnce } from './found-once';

function setup() {
  const findings: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const once = new FoundOnce<string>(() => new Promise((resolve, reject) => findings.push({ resolve, reject })));
  return { once, findings };
}

describe('FoundOnce', () => {
  it('finds out nothing before somebody asks, and once for all who do', async () => {
    const { once, findings } = setup();
    expect(findings).toHaveLength(0);
    const asked = [once.get(), once.get()];
    findings[0]?.resolve('found');
    expect([await Promise.all(asked), await once.get(), findings.length]).toEqual([['found', 'found'], 'found', 1]);
  });

  it('fails for all who wait, and is found out anew by the next', async () => {
    const { once, findings } = setup();
    const asked = [once.get(), once.get()];
    findings[0]?.reject(new Error('out of reach'));
    for (const one of asked) await expect(one).rejects.toThrow('out of reach');
    const again = once.get();
    findings[1]?.resolve('found');
    await expect(again).resolves.toBe('found');
  });

  it('is found out anew after it was forgotten, whatever becomes of the finding before', async () => {
    const { once, findings } = setup();
    const before = once.get();
    once.forget();
    const after = once.get();
    findings[0]?.reject(new Error('too late to matter'));
    await expect(before).rejects.toThrow('too late');
    findings[1]?.resolve('new');
    expect([await after, await once.get(), findings.length]).toEqual(['new', 'new', 2]);
  });
});
