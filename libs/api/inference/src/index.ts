export { CheckpointStates, type CheckpointStatus } from './checkpoint-states';
export { CheckpointsFolder } from './checkpoints-folder';
export { EngineHost, type EngineState } from './engine-host';
export { INFERENCE_OPTIONS, type InferenceOptions } from './inference-options';
export { InferenceModule } from './inference.module';
export { LocalRuntime } from './local-runtime';
export { LocalTexts, type ScoreRequest, type TextScore, type TokenizeOptions } from './local-texts';
export { type Seat, type SeatAdapter, seatName } from './seat';
export { WeightsChecksums } from './weights-checksums';
