import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Beside } from './beside';
import { findBeside } from './find-beside';

describe('what stands beside a checkpoint', () => {
  let folder: string;
  let root: string;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'tandem-beside-')));
    root = join(folder, 'checkpoints');
    file('checkpoints/sft/run/best.pt');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(name: string, content = '{}'): string {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  const found = (): string[] => findBeside(join(root, 'sft/run/best.pt'), root);

  it('is looked for in its folder, then in configs/ there and above, the nearest first', () => {
    const wanted = ['sft/run/config.yaml', 'sft/run/tokenizer.json', 'sft/run/configs/a.yml', 'sft/configs/b.yaml', 'configs/c.yaml'].map((name) =>
      file(`checkpoints/${name}`),
    );
    for (const name of ['sft/config.json', 'sft/run/notes.txt', 'sft/run/configs/config.json', 'pretrain/configs/d.yaml']) file(`checkpoints/${name}`);
    expect(found()).toEqual(wanted);
  });

  it('is never looked for above the root', () => {
    file('configs/above.yaml');
    file('config.yaml');
    expect(found()).toEqual([]);
  });

  it('may be a link, but not out of the root', () => {
    const inside = file('checkpoints/blobs/1');
    const outside = file('elsewhere/secret.json');
    symlinkSync(inside, join(root, 'sft/run/config.json'));
    symlinkSync(outside, join(root, 'sft/run/params.json'));
    symlinkSync(join(folder, 'elsewhere'), join(root, 'configs'));
    file('elsewhere/e.yaml');
    expect(found()).toEqual([join(root, 'sft/run/config.json')]);
  });

  it('is refused by its name, and not taken for missing, where it is too large or no file', () => {
    file('checkpoints/sft/run/config.json', ' '.repeat(1024 * 1024 + 1));
    mkdirSync(join(root, 'sft/run/params.json'));
    expect(spawnSync('mkfifo', [join(root, 'sft/run/tokenizer.json')]).status).toBe(0);
    const beside = new Beside(found());
    expect(() => beside.json('config.json')).toThrow(
      expect.objectContaining({ kind: 'too-large', message: expect.stringMatching(/^config\.json is 1048577 bytes long, and 1048576 are/) }),
    );
    expect(() => beside.json('params.json')).toThrow(/^params\.json, .* is no plain file/);
    expect(() => beside.json('tokenizer.json')).toThrow(/^tokenizer\.json, .* is no plain file/);
  });

  describe('once it is read', () => {
    it('is refused by its name where it is damaged', () => {
      const beside = new Beside([file('checkpoints/config.json', '{"a":'), file('checkpoints/meta.pkl', 'no pickle')]);
      expect(() => beside.json('config.json')).toThrow(/config\.json.* cannot be read/);
      expect(() => beside.pickle('meta.pkl')).toThrow(/meta\.pkl/);
      expect(beside.json('params.json')).toBeUndefined();
    });

    it('passes over YAML that is somebody else’s, and over one that unfolds without end', () => {
      const bomb = Array.from(
        { length: 12 },
        (_, level) => `l${level}: &l${level} [${Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*l${level - 1}`)).join(', ')}]`,
      );
      const beside = new Beside([
        file('checkpoints/a.yaml', 'a: [1'),
        file('checkpoints/b.yaml', bomb.join('\n')),
        file('checkpoints/c.yaml', 'model:\n  hidden_size: 8 # small\n'),
      ]);
      expect(beside.yamls()).toEqual([{ name: 'c.yaml', fields: { model: { hidden_size: 8 } } }]);
    });
  });
});
