/** What browsers with Trusted Types have; TypeScript does not know it. */
interface TrustedTypes {
  readonly trustedTypes?: {
    createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string };
  };
}

/** The page's security policy lets no worker begin but with an address that this policy made, and it makes none of other origins. */
const policy = (globalThis as TrustedTypes).trustedTypes?.createPolicy('tandem', {
  createScriptURL: (address) => {
    if (new URL(address).origin !== location.origin) throw new TypeError(`${address} is not of this origin.`);
    return address;
  },
});

/** The bundler finds the worker's file by the words `new Worker(new URL(…))`, whatever `Worker` is. */
export function openWorker(): Worker {
  const begin = (Worker: new (address: URL, options: WorkerOptions) => Worker): Worker =>
    new Worker(new URL('./compare.worker', import.meta.url), { type: 'module' });
  return begin(TrustedWorker);
}

class TrustedWorker extends Worker {
  constructor(address: URL, options: WorkerOptions) {
    super(policy?.createScriptURL(address.href) ?? address, options);
  }
}
