import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { PYTHON } from './start-python';
import { zipBytes, type ZipBytes } from './zip-bytes';

const ENTRIES = [
  { name: 'archive/data.pkl', data: Buffer.from('first') },
  { name: 'größe', data: Buffer.alloc(0) },
];

/** The directory as Python's own reader finds it. */
function listByPython(zip: ZipBytes): unknown {
  const script =
    'import io, json, sys, zipfile; z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); print(json.dumps([[i.filename, i.file_size, i.header_offset] for i in z.infolist()] + [z.comment.decode()]))';
  return JSON.parse(execFileSync(PYTHON, ['-c', script], { input: zipBytes(zip), encoding: 'utf8' }));
}

(existsSync(PYTHON) || process.env['CI'] === 'true' ? describe : describe.skip)('a zip that tests write', () => {
  it.each([
    ['as torch.save writes it', {}],
    ['with sizes and places of 64 bits', { isLong: true }],
    ['with a comment', { comment: 'PK' }],
  ])('can be read %s', (_, more) => {
    const [first, second] = ENTRIES.map(({ name, data }) => [name, data.length]);
    const behind = 30 + Buffer.byteLength('archive/data.pkl') + 5;
    expect(listByPython({ entries: ENTRIES, ...more })).toEqual([[...(first ?? []), 0], [...(second ?? []), behind], 'comment' in more ? more.comment : '']);
  });

  it('has what each entry says beside its directory', () => {
    const bytes = zipBytes({ entries: [{ name: 'a', data: Buffer.from('xyz'), localName: 'b', localSizeBytes: 9, sizeBytes: 7 }] });
    expect([bytes.subarray(30, 31).toString(), bytes.readUInt32LE(18), bytes.subarray(31, 34).toString()]).toEqual(['b', 9, 'xyz']);
    expect(listByPython({ entries: [{ name: 'a', data: Buffer.from('xyz'), sizeBytes: 7 }] })).toEqual([['a', 7, 0], '']);
  });
});
