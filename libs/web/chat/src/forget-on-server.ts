/** Lets the server drop what its models have read of a conversation. Where that fails, it goes by itself in time. */
export async function forgetOnServer(conversation: string): Promise<void> {
  await fetch('api/chat/clear', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ conversation_id: conversation }),
    keepalive: true,
  }).catch(() => undefined);
}
