/** All of this process's environment that the engine may see: no keys, no credentials, no configuration. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'LD_LIBRARY_PATH', 'CUDA_VISIBLE_DEVICES'] as const;

export function engineEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const passed = PASSED_ON.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]]));
  // When ggml gives up it would start a debugger to print its stack, which takes seconds; its last words are enough.
  const quick = { GGML_NO_BACKTRACE: '1' };
  // glibc raises this by itself and then keeps what was freed: over a hundred loads the engine grew by 50 MB.
  const generous = { MALLOC_MMAP_THRESHOLD_: String(1024 * 1024) };
  // Decodes run on threads of libuv's pool. The engine keeps one of these two back, so that they all run on the other.
  return { ...Object.fromEntries(passed), ...quick, ...generous, UV_THREADPOOL_SIZE: '2' };
}
