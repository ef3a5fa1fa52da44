export { cancelledBy } from './cancelled-by';
export { eachOf } from './each-of';
export { FoundOnce } from './found-once';
export { type QueueLimits, RequestQueue, type Slot } from './request-queue';
export { Rounds } from './rounds';
export { SharedTask } from './shared-task';
export { untilAborted } from './until-aborted';
