/** All of this process's environment that the engine may see: no keys, no credentials, no configuration. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TMPDIR'] as const;

export function engineEnvironment(own: NodeJS.ProcessEnv, threads: number): NodeJS.ProcessEnv {
  const passed = PASSED_ON.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]]));
  // When ggml gives up it would start a debugger to print its stack, which takes seconds; its last words are enough.
  const quick = { GGML_NO_BACKTRACE: '1' };
  // Every decode runs on a thread of libuv's pool and starts its helpers there. With libuv's own four, models on two
  // cores computed side by side with more threads than cores, at half the speed.
  return { ...Object.fromEntries(passed), ...quick, UV_THREADPOOL_SIZE: String(threads) };
}
