import 'reflect-metadata';
import { ConfigurationError } from '@tandem/api/config';
import { startServer } from './server';

try {
  await startServer();
} catch (error) {
  const isAnticipated = error instanceof ConfigurationError || (error as NodeJS.ErrnoException).syscall === 'listen';
  console.error(isAnticipated ? `Tandem cannot start. ${describe(error)}` : error);
  process.exit(1);
}

function describe(error: unknown): string {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `PORT: ${port} is already in use. Stop the other server or set PORT to another one.`;
  if (code === 'EACCES') return `PORT: ${port} needs more rights than this user has. Set PORT to one above 1023.`;
  return message;
}
