export type {
  BlindChoice,
  BlindOutcome,
  BlindReveal,
  Comparison,
  ComparisonContent,
  ComparisonParameters,
  ComparisonRow,
  ComparisonTurn,
  KeptAnswer,
  OpenedBlind,
  RankedModel,
  StoreStatus,
  TurnVotes,
  Vote,
  VoteChoice,
  VoteSummary,
} from './comparison';
export { BLIND_CHOICES, VOTE_CHOICES } from './comparison';
export type { AddedModelBody, ConfigDocument, ConfigStatusBody, ModelDeadlines, ModelEntry, Protocol } from './config-document';
export { PROTOCOLS } from './config-document';
export type { Divergence, DivergenceSpan, KlSummary, OfBoth } from './divergence';
export type { ErrorBody, FaultCode, FrameError } from './fault';
export { FAULT_CODES } from './fault';
export type { EndFrame, FinishReason, PhaseFrame, RunPhase, StreamFrame, Timings, TokenFrame, ToolCallFrame, ToolCallPiece, Usage } from './frame';
export { FINISH_REASONS, isEndFrame, isPhaseFrame, isToolCallFrame } from './frame';
export type { HealthCause, HealthFinding, HealthListBody, HealthReport, HealthState, ModelIdentity, ModelTestBody } from './health';
export { HEALTH_CAUSES } from './health';
export type { LikelyToken, TokenLogprob } from './logprobs';
export type {
  ActionBody,
  Checkpoint,
  CheckpointEvent,
  CheckpointFormat,
  CheckpointListBody,
  CheckpointState,
  CheckpointType,
  ChecksumsBody,
  FileChecksum,
  MemoryBody,
  ModelBody,
  ModelCard,
  ModelListBody,
  ModelPlace,
  ModelRole,
  ModelSource,
  ModelStatus,
  Price,
} from './model';
export type { NumericParameter, ParameterDefaults, SamplingParameters, ValueRange } from './parameters';
export { DEFAULT_PARAMETERS, describeRange, isInRange, NEUTRAL_PARAMETERS, PARAMETER_RANGES, REQUEST_LIMITS, STREAM_PARAMETERS } from './parameters';
export type { AskedSide, PairSide, ParameterName, Parity, ParityBody, ParityDifference, ParityRequest, PromptMethod } from './parity';
export { PAIR_SIDES, PROMPT_METHODS } from './parity';
export type { CheckType, PromptCheck, PromptMessage, PromptSetCard, SetPrompt } from './prompt-set';
export { CHECK_TYPES, PROMPT_SET_LIMITS } from './prompt-set';
export type { ChatMessage, ChatRole, ChatTurn, ContentPart, StreamRequest, ToolCall } from './requests';
export type {
  JudgeVotes,
  PairMeasures,
  PeopleVotes,
  RunAnswer,
  RunCard,
  RunCounts,
  RunEstimate,
  RunFilter,
  RunFindings,
  RunItem,
  RunItemState,
  RunRequest,
  RunSort,
  RunState,
  RunSummary,
  RunVerdict,
  SideMeasures,
} from './run';
export { RUN_ITEM_STATES, RUN_LIMITS, RUN_SORTS, RUN_STATES } from './run';
export type { ByteRange, Score, ScoredAlternative, ScoredToken, ScoreSummary, ScoringMethod } from './score';
export { SCORING_METHODS } from './score';
export type {
  DivergenceSeries,
  KnownSeries,
  PlacedModel,
  ScaledModel,
  SeriesBody,
  SeriesKind,
  SeriesListBody,
  SeriesPlace,
  SeriesPoint,
  SeriesRequest,
  SeriesText,
} from './series';
export { ADAPTER_SCALE, SERIES_KINDS } from './series';
export type { SessionBody } from './session';
export { spokenOf } from './spoken';
export { sayTooLong } from './too-long';
