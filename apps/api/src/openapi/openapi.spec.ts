import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { share } from '@tandem/testing';
import { startServer } from '../testing/start-server';
import { describeApiDocument } from './api-document.suite';
import { describeApiPage } from './api-page.suite';
import { describePythonClient } from './python-client.suite';
import { describeRanges } from './ranges.suite';
import { describeTypeScriptClient } from './typescript-client.suite';

/** One for all that take it as it comes, over the demo pair. */
const server = share(async (closing) => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-document-'));
  closing(() => rmSync(folder, { recursive: true }));
  cpSync(join(import.meta.dirname, '../../../../checkpoints'), folder, { recursive: true });
  const started = await startServer(folder, { LOG_LEVEL: 'debug' });
  closing(() => started.stop());
  return started;
});

describeApiDocument(server);
describeApiPage(server);
describeTypeScriptClient(server);
describePythonClient(server);
describeRanges(server);
