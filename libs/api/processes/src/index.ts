export { makeFolder } from './make-folder';
export { activityOf } from './process-activity';
export { Silence } from './silence';
