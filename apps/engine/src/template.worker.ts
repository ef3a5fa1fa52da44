import { parentPort, workerData } from 'node:worker_threads';
import type { ChatMessage } from '@tandem/shared/contracts';
import { ChatTemplate, type TemplateSetup } from './template/chat-template';
import type { TemplateReply } from './template-messages';

let template: ChatTemplate | null = null;
let defect = '';
try {
  template = new ChatTemplate(workerData as TemplateSetup);
} catch (thrown) {
  defect = reasonOf(thrown);
}

function render(messages: readonly ChatMessage[]): TemplateReply {
  if (template === null) return { refusal: defect };
  try {
    return { prompt: template.render(messages) };
  } catch (thrown) {
    return { refusal: reasonOf(thrown) };
  }
}

function reasonOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 200);
}

parentPort?.on('message', (messages: readonly ChatMessage[]) => parentPort?.postMessage(render(messages)));
parentPort?.postMessage('ready');
