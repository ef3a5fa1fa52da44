import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnvironment } from './environment';
import { environmentSource, fileSource } from './sources';

const ignore = () => undefined;

describe('fileSource', () => {
  it('gives nothing when the default file is missing', async () => {
    const source = fileSource({ ...parseEnvironment({}), configFile: '/nowhere/config.json' });
    expect(await source.load(ignore)).toEqual({});
  });

  it('refuses a missing file that CONFIG_FILE names', async () => {
    const source = fileSource(parseEnvironment({ CONFIG_FILE: '/nowhere/models.json' }));
    await expect(source.load(ignore)).rejects.toThrow('/nowhere/models.json: does not exist (CONFIG_FILE names it).');
  });

  it('reads the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-'));
    const file = join(folder, 'models.json');
    await writeFile(file, '{"baseline_models":[]}');
    expect(await fileSource(parseEnvironment({ CONFIG_FILE: file })).load(ignore)).toEqual({ baseline_models: [] });
    await rm(folder, { recursive: true });
  });
});

describe('environmentSource', () => {
  it('names the variable that is wrong', async () => {
    const source = environmentSource(parseEnvironment({ TWODELTA_MODELS: '{oops' }));
    await expect(source.load(ignore)).rejects.toThrow(/^TWODELTA_MODELS: is not valid JSON/);
  });
});
