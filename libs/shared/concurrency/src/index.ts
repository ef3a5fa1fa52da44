export { cancelledBy } from './cancelled-by';
export { eachOf } from './each-of';
export { FoundOnce } from './found-once';
export { type Place, type QueueLimits, RequestQueue } from './request-queue';
export { Rounds } from './rounds';
export { SharedTask } from './shared-task';
export { untilAborted } from './until-aborted';
