/** What is found on this machine beside what is configured. */
export abstract class LocalModels {
  abstract count(): Promise<number>;
}
