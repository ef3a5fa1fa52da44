import { FAULT_CODES } from '@tandem/shared/contracts';
import { type RunFault } from '@tandem/web/data-access';
import { isModelsOwn, nameFault } from './fault-words';

const fault = (code: RunFault['code'], retryable = false): RunFault => ({ code, message: 'Why.', retryable });

describe('nameFault', () => {
  it('has a name of its own for whatever a model server does', () => {
    const names = FAULT_CODES.filter((code) => code.startsWith('upstream_')).map((code) => nameFault(fault(code)));
    expect(names).not.toContain('Failed');
    expect(new Set(names).size).toBe(names.length);
  });

  it('has a name of its own for whatever keeps a checkpoint from being used', () => {
    const codes = ['model_invalid', 'insufficient_memory', 'disk_full', 'model_unloaded', 'local_model_crashed', 'local_inference_unavailable'] as const;
    const names = codes.map((code) => nameFault(fault(code)));
    expect(names).not.toContain('Failed');
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(['internal_error', '__proto__', 'constructor', 'toString'])('calls %s failed: it has no name for it', (code) => {
    expect(nameFault(fault(code as RunFault['code']))).toBe('Failed');
  });
});

describe('isModelsOwn', () => {
  it.each([
    [fault('upstream_auth'), true],
    [fault('model_not_found'), true],
    [fault('insufficient_memory'), true],
    [fault('disk_full'), true],
    [fault('upstream_incomplete', true), false],
    [fault('context_length_exceeded'), false],
    [fault('connection_lost', true), false],
  ])('of %j: %s', (given, expected) => expect(isModelsOwn(given)).toBe(expected));
});
