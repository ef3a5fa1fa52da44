import { openRequestQueue } from './request-queue';

describe('the requests to a local model', () => {
  it('are refused once there are too many', () => {
    const requests = openRequestQueue(2);
    requests.take();
    requests.take();
    expect(() => requests.take()).toThrow(expect.objectContaining({ code: 'queue_full', status: 503, retryable: true, retryAfterSeconds: 5 }));
  });

  it('are taken again for each that is answered', () => {
    const requests = openRequestQueue(2);
    const { giveBack } = requests.take();
    requests.take();
    giveBack();
    requests.take();
    expect(() => requests.take()).toThrow(expect.objectContaining({ code: 'queue_full' }));
  });
});
