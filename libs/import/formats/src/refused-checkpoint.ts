/**
 * Why a file cannot be read: `unreadable` (the system says no), `unknown-format`, `truncated`, `damaged` (it contradicts itself),
 * `legacy`, `torchscript`, `compressed`, `big-endian`, `runs-code` (calls that no tensor needs), `too-large` (beyond a limit),
 * `unsupported-tensor`, `shard-missing`, `shard-outside`, `not-finite` (NaN or infinity in weights), `out-of-range` (for 16 bits).
 * Why a file that can be read cannot be converted: `family` (none that is known, or none that writes text), `configuration` or
 * `tokenizer` (what stands beside it is missing or does not fit), `weights` (others than the family has), `no-space` (on the disk).
 */
export type RefusalKind =
  | 'unreadable'
  | 'unknown-format'
  | 'truncated'
  | 'damaged'
  | 'legacy'
  | 'torchscript'
  | 'compressed'
  | 'big-endian'
  | 'runs-code'
  | 'too-large'
  | 'unsupported-tensor'
  | 'shard-missing'
  | 'shard-outside'
  | 'not-finite'
  | 'out-of-range'
  | 'family'
  | 'configuration'
  | 'tokenizer'
  | 'weights'
  | 'no-space';

/** A checkpoint that cannot be used. The message is one sentence for people: what is wrong, where, and what to do. */
export class RefusedCheckpoint extends Error {
  override readonly name = 'RefusedCheckpoint';

  constructor(
    readonly kind: RefusalKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
