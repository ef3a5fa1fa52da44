import { ChatDriver } from './chat-driver';
import { type Echo, startEcho } from './start-echo';
import { usePage } from './use-page';

/** The demo's own model, which runs here. */
export const CHAT = 'Tandem tiny chat';

export const words = (count: number): string => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');

/** A chat page for each test of a file: with a model that says again what it is told, one that is gone, and one that runs here. */
export function useChat() {
  let echo: Echo;
  const { app, open } = usePage(async () => {
    const toolFor = (message: string) => (message === 'weather?' ? { name: 'get_weather', arguments: '{"city":"Paris","days":2}' } : undefined);
    echo = await startEcho({ tokensPerSecond: 50, toolFor, answerTo: (message) => (message === 'nothing' ? '' : message) });
    return {
      BASELINE_MODELS: JSON.stringify([
        { name: 'Echo', endpoint: echo.endpoint },
        { name: 'Gone', endpoint: '127.0.0.1:9' },
      ]),
      TWODELTA_MODELS: JSON.stringify([{ name: CHAT, endpoint: 'local:sft/tandem-tiny-chat.gguf', parameters: { temperature: 0 } }]),
    };
  });
  afterAll(() => echo.close());

  const openChat = async (path = '/chat', options: Parameters<typeof open>[0] = {}): Promise<ChatDriver> => {
    const { page } = await open(options);
    return new ChatDriver(page, app().url).goto(path);
  };
  return { app, echo: () => echo, openChat };
}
