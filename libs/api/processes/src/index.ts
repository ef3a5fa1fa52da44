export { activityOf } from './process-activity';
export { Silence } from './silence';
