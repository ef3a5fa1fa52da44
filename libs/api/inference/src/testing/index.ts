export { openInference, temporaryFolder } from './open-inference';
