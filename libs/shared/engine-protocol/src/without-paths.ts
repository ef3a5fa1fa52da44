/** A foreign error message with absolute paths reduced to their last part: where things lie on this machine is nobody's business. */
export function withoutPaths(message: string): string {
  return message.replace(/(?:file:\/\/)?(?:\/[^\s/'"():]+){2,}/g, (path) => path.slice(path.lastIndexOf('/') + 1));
}
