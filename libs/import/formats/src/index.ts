export { type CheckpointFile } from './checkpoint-file';
export { ELEMENT_BYTES, type ElementType } from './elements/element-type';
export { type GgufMetadata, type GgufNumberType, type GgufValue } from './gguf/gguf-value';
export { type GgufTensorType, type PlannedTensor } from './gguf/planned-tensor';
export { PickledName, PickledRecord, PickledTuple, type PickledValue } from './pickle/pickled-value';
export { type RefusalKind, RefusedCheckpoint } from './refused-checkpoint';
export { elementCount, type SourceTensor } from './source-tensor';
export { isSourceTensor, openCheckpoint, openSafetensors, openTorchFile, readPickle, writeGguf, ggufSizeBytes, findNotFinite } from './to-come';
