import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAfterEach } from '@tandem/testing';
import { parseEnvironment } from './environment';
import { environmentSource, fileSource } from './sources';

const closing = closeAfterEach();
const ignore = () => undefined;

describe('fileSource', () => {
  it('gives nothing when the default file is missing', async () => {
    const source = fileSource({ ...parseEnvironment({}), configFile: '/nowhere/config.json' });
    expect(await source.load(ignore)).toEqual({});
  });

  it('refuses a missing file that CONFIG_FILE names', async () => {
    const source = fileSource(parseEnvironment({ CONFIG_FILE: '/nowhere/models.json' }));
    await expect(source.load(ignore)).rejects.toThrow(/^models\.json: does not exist \(CONFIG_FILE names it\)\.$/);
  });

  async function setup(content: string | Uint8Array) {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-'));
    closing(() => rm(folder, { recursive: true }));
    const file = join(folder, 'models.json');
    await writeFile(file, content);
    return { folder, file, source: fileSource(parseEnvironment({ CONFIG_FILE: file })) };
  }

  it('reads the file, with a byte order mark or without', async () => {
    for (const mark of ['', '\uFEFF']) {
      const { source } = await setup(`${mark}{"baseline_models":[]}\r\n`);
      expect(await source.load(ignore)).toEqual({ baseline_models: [] });
    }
  });

  it.each([
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), /is UTF-16; save it as UTF-8/],
    ['no text', Buffer.from([0x7b, 0xff, 0x7d]), /is not UTF-8 text/],
    ['20 MB', `"${'x'.repeat(20_000_000)}"`, /is larger than 5 MiB/],
    ['half written', '{"baseline_models":[', /is not valid JSON: .* at line 1 column 21, where the text ends/],
  ])('refuses a file that is %s, without naming a folder', async (_, content, message) => {
    const { folder, source } = await setup(content);
    const refusal = await source.load(ignore).catch((error: Error) => error.message);
    expect(refusal).toMatch(message);
    expect(refusal).not.toContain(folder);
  });

  it('refuses what is no file: reading it might never end', async () => {
    const { folder } = await setup('{}');
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    for (const path of [folder, join(folder, 'pipe.json')]) {
      await expect(fileSource(parseEnvironment({ CONFIG_FILE: path })).load(ignore)).rejects.toThrow('is not a file.');
    }
  });

  it('does not take a file that was there and is gone for none at all', async () => {
    const { file } = await setup('{}');
    const source = fileSource({ ...parseEnvironment({}), configFile: file });
    await source.load(ignore);
    await rm(file);
    await expect(source.load(ignore)).rejects.toThrow(/^models\.json: is gone\./);
  });
});

describe('environmentSource', () => {
  it('names the variable that is wrong', async () => {
    const source = environmentSource(parseEnvironment({ TWODELTA_MODELS: '{oops' }));
    await expect(source.load(ignore)).rejects.toThrow(/^TWODELTA_MODELS: is not valid JSON/);
  });
});

describe('API_KEY_VARIABLES', () => {
  const models = JSON.stringify([{ name: 'A', endpoint: 'a.example', api_key_env: 'MODEL_SECRET' }]);

  it('holds for lists in the environment and in the file alike', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-'));
    closing(() => rm(folder, { recursive: true }));
    const file = join(folder, 'models.json');
    await writeFile(file, `{"baseline_models":${models}}`);
    const sourcesOf = (variables: Record<string, string>) => {
      const environment = parseEnvironment({ CONFIG_FILE: file, BASELINE_MODELS: models, ...variables });
      return [fileSource(environment), environmentSource(environment)];
    };
    for (const source of sourcesOf({ API_KEY_VARIABLES: 'OTHER MODEL_SECRET' })) {
      await expect(source.load(ignore)).resolves.toMatchObject({ baseline_models: [{ api_key_env: 'MODEL_SECRET' }] });
    }
    for (const source of sourcesOf({ API_KEY_VARIABLES: 'OTHER' }))
      await expect(source.load(ignore)).rejects.toThrow(/\[0\]\.api_key_env must name .* \(which lists OTHER\)/);
  });
});
