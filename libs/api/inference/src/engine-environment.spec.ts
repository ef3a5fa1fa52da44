import { engineEnvironment } from './engine-environment';

describe('engineEnvironment', () => {
  it('passes on what a process needs, and nothing that could be a secret', () => {
    const own = { PATH: '/bin', HOME: '/home/me', CUDA_VISIBLE_DEVICES: '0', API_KEY: 'secret', AWS_SECRET_ACCESS_KEY: 'secret', NODE_OPTIONS: '--inspect' };
    expect(engineEnvironment(own)).toEqual({
      PATH: '/bin',
      HOME: '/home/me',
      CUDA_VISIBLE_DEVICES: '0',
      GGML_NO_BACKTRACE: '1',
      MALLOC_MMAP_THRESHOLD_: '1048576',
      UV_THREADPOOL_SIZE: '2',
    });
  });
});
