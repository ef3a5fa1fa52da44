export { type Authority, type Certificate, certificateAuthority, type CertificateOptions, selfSignedCertificate } from './certificates';
export { type SafetensorsBytes, safetensorsBytes, type SafetensorsEntryBytes, type TorchFileBytes, torchFileBytes } from './checkpoint-bytes';
export {
  CHECKPOINT_FIXTURES,
  CHECKPOINT_FIXTURES_FOLDER,
  checkpointFixture,
  type CheckpointFixture,
  type ExpectedAnswers,
  type ExpectedPrompt,
} from './checkpoint-fixtures';
export { closeAfterEach } from './close-after-each';
export { type DeafPort, openDeafPort } from './deaf-port';
export { describeWithFastApi, type FastApi, type FastApiOptions, type FastApiWork, hasFastApi, startFastApi } from './fast-api';
export { type ForwardProxy, startForwardProxy } from './forward-proxy';
export { freePort } from './free-port';
export { type Gate, gate } from './gate';
export {
  ARRAY,
  BOOL,
  F32,
  type GgufBytes,
  ggufBytes,
  lyingArray,
  lyingString,
  type MetadataEntry,
  noiseModel,
  STRING,
  type TensorBytes,
  tinyMetadata,
  tinyMetadataWith,
  tinyTensors,
  tinyTokens,
  U16,
  U32,
} from './gguf-bytes';
export { type GgufContents, ggufContents, type GgufTensorContents } from './gguf-contents';
export { growthOf, LEVEL, LINEAR, workMs } from './growth';
export { chatEvent, chunk, event, EVENT_STREAM_HEAD, LAST_CHUNK, responseHead, wholeResponse } from './http-bytes';
export { hostileCheckpoints } from './hostile-checkpoints';
export { KEPT_CONTENT } from './kept-content';
export { writeLargeCheckpoint } from './large-checkpoint';
export { keepFromWriting } from './keep-from-writing';
export { guardLeaks } from './leak-guard';
export { describeWithLlamaServer, type LlamaServer, type LlamaServerOptions, type LlamaSlot, startLlamaServer } from './llama-server';
export { containedCheckpoints, fatalCheckpoints, refusedCheckpoints } from './malformed-checkpoints';
export { neighbourCheckpoints } from './neighbour-checkpoints';
export { patient, PATIENCE_MS } from './patience';
export { type Connection, type MisbehavingServer, type Script, startMisbehavingServer } from './misbehaving-server';
export {
  type Checkpoint,
  randomByteSpeaker,
  randomDeepseek2,
  randomLlama,
  randomLlamaOver,
  randomLora,
  randomMamba,
  splitGguf,
  wideLlama,
} from './random-checkpoints';
export { type Recital, recitingGpt2, rwkvVocabulary } from './reciting-model';
export {
  pickleBytes,
  type Pickled,
  pickledCall,
  pickledDictionary,
  pickledFloat,
  pickledInteger,
  pickledList,
  pickledName,
  pickledObject,
  pickledStorage,
  type PickledTensor,
  pickledTensor,
  pickledText,
  pickledTuple,
} from './pickle-bytes';
export { type ScoringServer, type ScoringServerOptions, type ScoringServerRequest, startScoringServer } from './scoring-server';
export { describeWithPostgres, hasPostgres, type Postgres, startPostgres } from './postgres';
export { type LlamaScript, scriptedLlama, slowLlama } from './scripted-llama';
export { type Closing, share } from './share';
export { dial, exchange, received } from './raw-exchange';
export { eventually, until } from './until';
export { type ZipBytes, zipBytes, type ZipEntryBytes } from './zip-bytes';
