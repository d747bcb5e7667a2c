import type { EmulatorContext } from '../context.js';
import type { HttpResponse } from '../http/response.js';

/** Under load, one event stands for all changes of this time. */
const INTERVAL_MS = 50;

/** Server-sent events, one when something has changed that the panel shows. They carry no data. */
export function streamEvents({ log }: EmulatorContext): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    body: 'retry: 1000\n\n',
    stream(write) {
      let isPending = false;
      return log.subscribe(() => {
        if (isPending) return;
        isPending = true;
        setTimeout(() => {
          isPending = false;
          write('data: changed\n\n');
        }, INTERVAL_MS).unref();
      });
    },
  };
}
