export { describeOverDatabases, type DatabaseUnderTest, WORKER } from './databases';
