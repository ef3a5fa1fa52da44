import { type FileBytes } from '../file-bytes';
import { MAX_TENSORS } from '../limits';
import { quoted } from '../quoted';
import { RefusedCheckpoint } from '../refused-checkpoint';
import { ELEMENT_BYTES, type ElementType } from '../tensor/element-type';
import { jsonMembers, MalformedJson, parse } from '../json-members';
import { SAFETENSORS_TYPES } from './safetensors-types';

const LENGTH_BYTES = 8;
const MAX_HEADER_BYTES = 100_000_000;
const MAX_METADATA_BYTES = 16 * 1024 * 1024;
const METADATA = '__metadata__';

export interface SafetensorsEntry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** From the start of the data, which is behind the header. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly dataStart: number;
  readonly entries: readonly SafetensorsEntry[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** Reads what a safetensors file says of itself, and checks that its tensors fill its data without gap or overlap. */
export function readSafetensorsHeader(file: FileBytes): SafetensorsHeader {
  try {
    const text = headerText(file);
    const entries: SafetensorsEntry[] = [];
    let metadata: ReadonlyMap<string, string> | null = null;
    for (const { key, json } of jsonMembers(text)) {
      if (key === METADATA && metadata !== null) throw new MalformedJson(`it holds ${METADATA} twice`);
      if (key === METADATA) metadata = metadataIn(json);
      else if (entries.push(entryOf(key, parse(json))) > MAX_TENSORS) throw new MalformedJson(`it claims to hold over ${MAX_TENSORS} tensors`);
    }
    const dataStart = LENGTH_BYTES + text.length;
    checkOffsets(entries, file.sizeBytes - dataStart);
    return { dataStart, entries, metadata: metadata ?? new Map() };
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error;
    throw new RefusedCheckpoint('damaged', `${file.title} is no usable safetensors file: ${error.message}; copy it again.`, { cause: error });
  }
}

function headerText(file: FileBytes): Buffer {
  if (file.sizeBytes < LENGTH_BYTES) throw new RefusedCheckpoint('truncated', `${file.title} is only ${file.sizeBytes} bytes long; copy it again.`);
  const length = file.read(0, LENGTH_BYTES).readBigUInt64LE();
  if (length > MAX_HEADER_BYTES) {
    throw new RefusedCheckpoint('too-large', `${file.title} claims a header of ${length} bytes, and ${MAX_HEADER_BYTES} are allowed; copy it again.`);
  }
  if (LENGTH_BYTES + Number(length) > file.sizeBytes) {
    throw new RefusedCheckpoint('truncated', `${file.title} ends within its header of ${length} bytes; copy it again.`);
  }
  return file.read(LENGTH_BYTES, Number(length));
}

function metadataIn(json: Buffer): ReadonlyMap<string, string> {
  if (json.length > MAX_METADATA_BYTES) throw new MalformedJson(`its ${METADATA} is ${json.length} bytes long`);
  const metadata = new Map<string, string>();
  for (const { key, json: value } of jsonMembers(json)) {
    const text = parse(value);
    if (typeof text !== 'string') throw new MalformedJson(`its ${METADATA} holds something that is no text`);
    metadata.set(key, text);
  }
  return metadata;
}

function entryOf(name: string, entry: unknown): SafetensorsEntry {
  if (typeof entry !== 'object' || entry === null) throw new MalformedJson(`the tensor ${quoted(name)} is not described`);
  const { dtype, shape, data_offsets: offsets } = entry as Readonly<Record<string, unknown>>;
  if (!isNaturals(shape) || !isNaturals(offsets) || offsets.length !== 2) {
    throw new MalformedJson(`the tensor ${quoted(name)} has an impossible shape or place`);
  }
  const type = typeof dtype === 'string' && Object.hasOwn(SAFETENSORS_TYPES, dtype) ? SAFETENSORS_TYPES[dtype] : undefined;
  if (type === undefined) throw unsupportedType(name, String(dtype));
  const [begin = 0, end = 0] = offsets;
  const bytes = shape.reduce((product, size) => product * size, ELEMENT_BYTES[type]);
  if (end - begin !== bytes) throw new MalformedJson(`the tensor ${quoted(name)} has room for ${end - begin} bytes and needs ${bytes}`);
  return { name, type, shape, begin, end };
}

/** Each begins where the one before ends: a gap would be a tensor that another of the same name hides. */
function checkOffsets(entries: readonly SafetensorsEntry[], dataBytes: number): void {
  const names = new Set<string>();
  let end = 0;
  for (const entry of entries.toSorted((one, other) => one.begin - other.begin || one.end - other.end)) {
    if (names.has(entry.name)) throw new MalformedJson(`it holds the tensor ${quoted(entry.name)} twice`);
    if (entry.end > dataBytes) throw new MalformedJson(`the tensor ${quoted(entry.name)} lies past the end of the file`);
    if (entry.begin < end) throw new MalformedJson(`the tensor ${quoted(entry.name)} shares bytes with another`);
    if (entry.begin > end) throw new MalformedJson(`the bytes in front of the tensor ${quoted(entry.name)} belong to none`);
    names.add(entry.name);
    end = entry.end;
  }
  if (end < dataBytes) throw new MalformedJson(`its last ${dataBytes - end} bytes belong to no tensor`);
}

function isNaturals(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function unsupportedType(name: string, type: string): RefusedCheckpoint {
  return new RefusedCheckpoint(
    'unsupported-tensor',
    `The tensor ${quoted(name)} is of the type ${quoted(type)}, which cannot be converted; save it as F32, F16 or BF16.`,
  );
}
