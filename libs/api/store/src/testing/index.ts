export { describeOverEngines, type EngineUnderTest, WORKER } from './engines';
