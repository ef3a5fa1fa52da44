import {
  pickleBytes,
  pickledCall,
  pickledDictionary,
  pickledFloat,
  pickledInteger,
  pickledList,
  pickledName,
  pickledObject,
  pickledStorage,
  pickledText,
  pickledTuple,
} from '@tandem/testing';
import { refused } from '../testing/checkpoint-folder';
import { PickledName, PickledRecord, PickledTuple } from './pickled-value';
import { readPickle } from './read-pickle';

const NONE = Buffer.from('N');
const EMPTY_LIST = Buffer.from(']');
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const repeated = (bytes: Buffer, times: number): Buffer => Buffer.alloc(bytes.length * times, bytes);

function read(...pieces: readonly Buffer[]): unknown {
  return readPickle(pickleBytes(Buffer.concat(pieces)));
}

describe('a pickle as data', () => {
  it('becomes dictionaries, lists, tuples, texts and numbers', () => {
    const list = pickledList(pickledInteger(-3), pickledFloat(0.5));
    const value = pickledDictionary({ text: pickledText('Größe'), list, pair: pickledTuple(NONE, Buffer.of(0x88)) });
    expect(read(value)).toEqual(
      new Map<string, unknown>([
        ['text', 'Größe'],
        ['list', [-3, 0.5]],
        ['pair', new PickledTuple([null, true])],
      ]),
    );
  });

  it('keeps whole numbers whole, also those beyond 53 bits', () => {
    expect(read(pickledInteger(2 ** 40))).toBe(2 ** 40);
    expect(read(pickledInteger(-(2n ** 62n)))).toBe(-(2n ** 62n));
    expect(read(Buffer.of(0x8a, 0))).toBe(0);
  });

  it('is understood in the protocols 4 and 5 as well', () => {
    const frame = Buffer.concat([Buffer.of(0x80, 4, 0x95), Buffer.alloc(8, 1)]);
    const text = Buffer.of(0x8c, 1, 0x61, 0x94, 0x68, 0);
    const bytes = latin1('C\x02ab\x96\x01\0\0\0\0\0\0\0c');
    const sets = Buffer.concat([latin1('\x8f('), pickledInteger(1), latin1('\x90('), pickledInteger(2), latin1('\x91')]);
    const name = Buffer.concat([pickledText('config'), pickledText('Size'), Buffer.of(0x93)]);
    const all = Buffer.concat([frame, EMPTY_LIST, latin1('('), text, bytes, sets, name, latin1('e.')]);
    expect(readPickle(all)).toEqual(['a', 'a', Uint8Array.from([97, 98]), Uint8Array.from([99]), new Set([1]), new Set([2]), new PickledName('config.Size')]);
  });

  it('keeps what it remembers one thing', () => {
    const [one, other] = read(EMPTY_LIST, latin1('('), EMPTY_LIST, latin1('q\0h\0e')) as readonly unknown[];
    expect(one).toBe(other);
  });

  it('recalls by any number, also nothing itself, and the last that was remembered under one', () => {
    const scattered = latin1('Nq\0K\x01r\xff\xff\xff\xffK\x02q\x01K\x03q\x01');
    const recalled = latin1('h\0j\xff\xff\xff\xffh\x01');
    expect(read(EMPTY_LIST, latin1('('), scattered, recalled, latin1('e'))).toEqual([null, 1, 2, 3, null, 1, 3]);
  });

  it('leaves an object of a configuration class as a record of its attributes', () => {
    const config = read(pickledObject(pickledName('config', 'RLConfig'), { group_size: pickledInteger(4) }));
    expect(config).toBeInstanceOf(PickledRecord);
    expect(config).toMatchObject({ className: 'config.RLConfig', args: [], state: new Map([['group_size', 4]]) });
  });

  it.each(['argparse', 'types'])('leaves a namespace of %s as a record', (module) => {
    const name = module === 'types' ? 'SimpleNamespace' : 'Namespace';
    expect(read(pickledObject(pickledName(module, name), { lr: pickledFloat(0.1) }))).toMatchObject({ state: new Map([['lr', 0.1]]) });
  });

  it('knows what stands for plain data in it', () => {
    const pair = pickledList(pickledText('a'), pickledInteger(1));
    const calls = [
      pickledCall(pickledName('collections', 'OrderedDict'), pickledList(pair)),
      pickledCall(pickledName('__builtin__', 'set'), pickledList(pickledInteger(1))),
      pickledCall(pickledName('torch', 'Size'), pickledTuple(pickledInteger(2))),
      pickledCall(pickledName('_codecs', 'encode'), pickledText('\u00ff'), pickledText('latin1')),
    ];
    expect(read(pickledList(...calls))).toEqual([new Map([['a', 1]]), new Set([1]), new PickledTuple([2]), Uint8Array.from([255])]);
  });

  it("reads numpy's numbers as numbers", () => {
    const type = Buffer.concat([
      pickledCall(pickledName('numpy', 'dtype'), pickledText('f8'), Buffer.of(0x89), Buffer.of(0x88)),
      pickledTuple(pickledInteger(3), pickledText('<')),
      latin1('b'),
    ]);
    const bytes = Buffer.concat([latin1('C\x08'), Buffer.from(Float64Array.of(2.5).buffer)]);
    expect(read(pickledCall(pickledName('numpy.core.multiarray', 'scalar'), type, bytes))).toBe(2.5);
  });
});

describe('a pickle that would run something', () => {
  const command = pickledText('touch /tmp/executed');

  it.each([
    ['posix', 'system'],
    ['os', 'system'],
    ['builtins', 'eval'],
    ['__builtin__', 'exec'],
    ['builtins', 'getattr'],
    ['subprocess', 'Popen'],
    ['torch', 'load'],
    ['torch.storage', '_load_from_bytes'],
    ['config', 'RLConfig'],
    ['collections.OrderedDict', 'fromkeys'],
    ['builtins', '__proto__'],
    ['builtins', 'constructor'],
  ])('is refused when it calls %s.%s', (module, name) => {
    expect(() => read(pickledCall(pickledName(module, name), command))).toThrow(refused('runs-code', new RegExp(name.replaceAll('.', '\\.'))));
  });

  it('is refused when it calls by a name from the stack', () => {
    const name = Buffer.concat([pickledText('os'), pickledText('system'), Buffer.of(0x93)]);
    expect(() => read(pickledCall(name, command))).toThrow(refused('runs-code', /os\.system/));
  });

  it.each([
    ['posix', 'system'],
    ['subprocess', 'Popen'],
    ['functools', 'partial'],
  ])("is refused when it makes an object of Python's own %s.%s", (module, name) => {
    expect(() => read(pickledObject(pickledName(module, name), {}, command))).toThrow(refused('runs-code', new RegExp(name)));
    const made = pickledCall(pickledName('copyreg', '_reconstructor'), pickledName(module, name), pickledName('builtins', 'object'), NONE);
    expect(() => read(made)).toThrow(refused('runs-code', new RegExp(name)));
  });

  it.each([
    ['INST', latin1('(ios\nsystem\n')],
    ['OBJ', Buffer.concat([latin1('('), pickledName('os', 'system'), latin1('o')])],
    ['NEWOBJ_EX', Buffer.concat([pickledName('config', 'A'), latin1(')}\x92')])],
    ['EXT1', latin1('\x82\x01')],
    ['EXT2', latin1('\x83\x01\0')],
    ['EXT4', latin1('\x84\x01\0\0\0')],
    ['PERSID', latin1('P0\n')],
    ['NEXT_BUFFER', latin1('\x97')],
    ['READONLY_BUFFER', latin1('N\x98')],
    ['GET', latin1('Np0\ng0\n')],
    ['INT', latin1('I1\n')],
    ['POP', latin1('NN0')],
  ])('is refused when it holds %s, which torch.save never writes', (_, bytes) => {
    expect(() => read(bytes)).toThrow(refused('damaged', /instruction 0x/));
  });

  it('is refused when it refers to a storage outside of an archive', () => {
    expect(() => read(pickledStorage({ key: '0', shape: [1] }))).toThrow(refused('damaged', /only the archives/));
  });

  it('says a hostile name without what is invisible in it', () => {
    expect(() => read(pickledCall(pickledName('a', `b\u202e\u0007${'c'.repeat(500)}`)))).toThrow(refused('runs-code', /"a\.b\?\?c{75}…"/));
  });
});

describe('a damaged pickle', () => {
  it.each([
    ['that is empty', Buffer.alloc(0), /breaks off/],
    ['without an end', latin1('\x80\x02N'), /breaks off/],
    ['of an unknown protocol', latin1('\x80\x09N.'), /protocol 9/],
    ['with a text of 2^62 bytes', Buffer.concat([Buffer.of(0x8d), Buffer.from([0, 0, 0, 0, 0, 0, 0, 0x40])]), /claims to be 4611686018427/],
    ['with bytes of 2^63 bytes', Buffer.concat([Buffer.of(0x8e), Buffer.from([0, 0, 0, 0, 0, 0, 0, 0x80])]), /claims to be/],
    ['with a text that breaks off', latin1('X\xff\0\0\0abc'), /claims to be 255/],
    ['with a name that does not end', latin1(`c${'a'.repeat(2_000)}`), /does not end/],
    ['that takes from an empty stack', latin1('0.'), /instruction/],
    ['that ends with nothing', latin1('.'), /more than it put down/],
    ['that takes what lies below its mark', latin1('N(\x85.'), /more than it put down/],
    ['that lacks a mark', latin1('Nt.'), /mark/],
    ['that recalls what it never set', latin1('h\x05.'), /did not set/],
    ['that appends to a number', latin1('K\x01Na.'), /no list/],
    ['that sets entries of a list', latin1(']NNs.'), /no dictionary/],
    ['with half an entry', latin1('}(Nu.'), /no dictionary/],
    ['that adds to a list', latin1('](N\x90.'), /no set/],
    ['that calls a text', Buffer.concat([pickledText('os.system'), latin1(')R.')]), /no name/],
    ['that gives a number attributes', latin1('K\x01}b.'), /attributes/],
    ['whose dictionary holds itself', latin1('}q\0X\x01\0\0\0ah\0s.'), /holds itself/],
    ['whose list holds itself in a tuple', latin1(']q\0h\0\x85a.'), /holds itself/],
    ['whose object holds itself', latin1('cconfig\nA\n)\x81q\0h\0b.'), /holds itself/],
  ])('is refused: one %s', (_, bytes, message) => {
    expect(() => readPickle(bytes)).toThrow(refused('damaged', message));
  });
});

describe('a pickle that is made to exhaust its reader', () => {
  const doubled = Array.from({ length: 60 }, (_, index) => Buffer.of(0x5d, 0x71, index + 1, 0x28, 0x68, index, 0x68, index, 0x65));

  it.each([
    ['nests 200,000 tuples', [NONE, repeated(Buffer.of(0x85), 200_000)], /nested over 200/],
    ['nests 201 lists', [repeated(EMPTY_LIST, 201), repeated(latin1('a'), 200)], /nested over 200/],
    ['would be 2^60 values when written out', [EMPTY_LIST, latin1('q\0'), ...doubled], /unfolded/],
    ['puts down two million values', [repeated(NONE, 2_000_000)], /pile/],
    ['sets two million marks', [repeated(latin1('('), 2_000_000)], /pile/],
    ['remembers one value three million times', [NONE, repeated(Buffer.of(0x94), 3_000_000)], /96 MB/],
    ['makes a million dictionaries', [EMPTY_LIST, repeated(latin1('}a'), 1_000_000)], /96 MB/],
    ['holds a text of 60 million characters', [Buffer.of(0x58, 0, 0x87, 0x93, 0x03), Buffer.alloc(60_000_000, 'a')], /96 MB/],
    ['holds 300,000 lists', [EMPTY_LIST, repeated(latin1(']a'), 300_000)], /lists and dictionaries/],
    [
      'copies a long list again and again',
      [latin1(']('), repeated(NONE, 500_000), latin1('eq\0'), repeated(latin1('cbuiltins\nlist\nh\0\x85R'), 200)],
      /96 MB/,
    ],
    ['holds a number of two million digits', [Buffer.of(0x8b, 0, 0, 16, 0), Buffer.alloc(1024 * 1024, 1)], /a number of 1048576 bytes/],
    ['has over 20 million instructions', [repeated(Buffer.of(0x80, 2), 20_000_001), NONE], /instructions/],
  ])('is refused when it %s', (_, pieces, message) => {
    expect(() => read(...pieces)).toThrow(refused('too-large', message));
  });

  it('is refused by its size alone when it is longer than 128 MB', () => {
    expect(() => readPickle(new Uint8Array(128 * 1024 * 1024 + 1))).toThrow(refused('too-large', /129 MB/));
  });
});
