import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  pickleBytes,
  type Pickled,
  pickledCall,
  pickledDictionary,
  pickledFloat,
  pickledInteger,
  pickledList,
  pickledName,
  pickledObject,
  pickledText,
  pickledTuple,
} from './pickle-bytes';
import { PYTHON } from './start-python';

/** What Python's own reader finds, as it writes that itself. */
function readByPython(value: Pickled): string {
  const script = 'import pickle, sys; sys.stdout.reconfigure(encoding="utf-8"); print(repr(pickle.load(sys.stdin.buffer)), end="")';
  return execFileSync(PYTHON, ['-c', script], { input: pickleBytes(value), encoding: 'utf8' });
}

(existsSync(PYTHON) || process.env['CI'] === 'true' ? describe : describe.skip)('a pickle that tests write', () => {
  it('says to Python what it was told', () => {
    const value = pickledDictionary({
      text: pickledText('größer'),
      whole: pickledTuple(pickledInteger(-7), pickledInteger(2 ** 40), pickledInteger(-(2n ** 62n))),
      list: pickledList(pickledFloat(0.25), pickledList(), pickledTuple()),
    });
    expect(readByPython(value)).toBe("{'text': 'größer', 'whole': (-7, 1099511627776, -4611686018427387904), 'list': [0.25, [], ()]}");
  });

  it('calls what it names, and makes objects of it', () => {
    expect(readByPython(pickledCall(pickledName('collections', 'OrderedDict')))).toBe('OrderedDict()');
    expect(readByPython(pickledCall(pickledName('builtins', 'max'), pickledInteger(2), pickledInteger(5)))).toBe('5');
    const object = pickledObject(pickledName('argparse', 'Namespace'), { hidden_size: pickledInteger(64) });
    expect(readByPython(object)).toBe('Namespace(hidden_size=64)');
  });
});
