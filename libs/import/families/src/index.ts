export { findBeside } from './beside/find-beside';
export { convertCheckpoint } from './convert-checkpoint';
export { CONVERTER_VERSION } from './describe-model';
export { inspectCheckpoint } from './inspect-checkpoint';
