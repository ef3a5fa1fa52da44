import { parentPort, workerData } from 'node:worker_threads';
import { ChatTemplate, type Conversation, NoPlaceForTools, type TemplateSetup } from './template/chat-template';
import type { TemplateReply } from './template-messages';

let template: ChatTemplate | null = null;
let defect = '';
try {
  template = new ChatTemplate(workerData as TemplateSetup);
} catch (thrown) {
  defect = reasonOf(thrown);
}

function render({ messages, tools }: Conversation): TemplateReply {
  if (template === null) return { refusal: defect };
  try {
    return { prompt: template.render(messages, tools) };
  } catch (thrown) {
    return { refusal: reasonOf(thrown), ...(thrown instanceof NoPlaceForTools ? { isOfTools: true } : {}) };
  }
}

function reasonOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 200);
}

parentPort?.on('message', (conversation: Conversation) => parentPort?.postMessage(render(conversation)));
parentPort?.postMessage('ready');
