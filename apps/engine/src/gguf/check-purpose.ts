import { type Purpose, purposeNamed, PURPOSES } from './architectures';
import { type Header, type MetadataValue, shown, type TensorEntry } from './header';
import { MalformedHeader } from './malformed-header';

type Metadata = ReadonlyMap<string, MetadataValue>;

/** A sound file, of something that writes no text. */
export class OtherPurpose extends Error {
  override readonly name = 'OtherPurpose';
  constructor(purpose: Purpose) {
    const [what, whatToDo] = PURPOSES[purpose];
    super(`This is no text generator: it is ${what}. ${whatToDo}`);
  }
}

/** `general.type`, as far as it says that there is no model to be loaded. */
const TYPES: Readonly<Record<string, Purpose>> = {
  mmproj: 'projector',
  imatrix: 'importance matrix',
  vocab: 'vocabulary',
  control_vector: 'control vector',
  controlvector: 'control vector',
};

/** Tensors that only one kind of model has, whatever it is called. */
const TELLING_TENSORS: readonly (readonly [RegExp, Purpose])[] = [
  [/^dec\.blk\.|cross_attn|\.encoder_attn/, 'encoder-decoder'],
  [/^enc\.blk\./, 'encoder'],
  [/^cls\.|^classifier\./, 'reranker'],
  [/^token_types\.|^token_type_embd\./, 'embedding'],
  [/^direction\.\d+$/, 'control vector'],
];
const PROJECTOR_TENSOR = /^(?:v|a|mm)\.|^resampler\./;
const OPTIMIZER_TENSOR = /(?:^|[._/])(?:optimizer|exp_avg|exp_avg_sq|adam|momentum)(?:[._/]|$)/;
const POOLING_RANK = 4;

/** Refuses what is no text generator, by what it says of itself and by what it is made of. @throws OtherPurpose, MalformedHeader */
export function checkPurpose({ metadata, tensors }: Pick<Header, 'metadata' | 'tensors'>): void {
  const told = purposeTold(metadata) ?? purposeOfTensors(tensors);
  if (told !== null) throw new OtherPurpose(told);
  const architecture = metadata.get('general.architecture');
  if (typeof architecture !== 'string' || architecture === '') throw new MalformedHeader('it names no general.architecture');
  const named = purposeNamed(architecture);
  if (named === null) throw new MalformedHeader(`llama.cpp has no graph for its architecture ${shown(architecture)}`);
  if (named !== 'generator') throw new OtherPurpose(named);
  const set = purposeSet(metadata, architecture);
  if (set !== null) throw new OtherPurpose(set);
  if (!tensors.some(({ name }) => name === 'token_embd.weight'))
    throw new MalformedHeader('it has no tensor "token_embd.weight", as if it were no language model');
}

function purposeTold(metadata: Metadata): Purpose | null {
  const type = metadata.get('general.type');
  if (typeof type === 'string' && Object.hasOwn(TYPES, type)) return TYPES[type] ?? null;
  const architecture = metadata.get('general.architecture');
  if (typeof architecture === 'string' && architecture in TYPES) return TYPES[architecture] ?? null;
  return metadata.has('clip.projector_type') || metadata.has('clip.has_vision_encoder') || metadata.has('clip.has_audio_encoder') ? 'projector' : null;
}

function purposeOfTensors(tensors: readonly TensorEntry[]): Purpose | null {
  if (tensors.length === 0) return 'vocabulary';
  const names = tensors.map(({ name }) => name);
  for (const [pattern, purpose] of TELLING_TENSORS) if (names.some((name) => pattern.test(name))) return purpose;
  if (names.includes('token_embd.weight')) return null;
  if (names.every((name) => OPTIMIZER_TENSOR.test(name))) return 'optimizer';
  return names.some((name) => PROJECTOR_TENSOR.test(name)) ? 'projector' : null;
}

/** What the settings of a graph that could write make of it. */
function purposeSet(metadata: Metadata, architecture: string): Purpose | null {
  const setting = (name: string): MetadataValue | undefined => metadata.get(`${architecture}.${name}`);
  if (setting('decoder_block_count') !== undefined || setting('decoder_start_token_id') !== undefined) return 'encoder-decoder';
  const pooling = setting('pooling_type');
  if (pooling === POOLING_RANK || setting('classifier.output_labels') !== undefined) return 'reranker';
  if (typeof pooling === 'number' && pooling > 0) return 'embedding';
  const isDiffusion = [...metadata.keys()].some((key) => key.startsWith('diffusion.'));
  if (isDiffusion) return 'diffusion';
  return setting('attention.causal') === false ? 'encoder' : null;
}
