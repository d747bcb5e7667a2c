import { approvedRequest } from './approval.js';
import { endpointAt } from './endpoints.js';
import { replyWithFault, toFaultReply } from './fault-replies.js';
import { FaultQueue } from './faults.js';
import type { Kakao } from './kakao.js';
import type { ReceivedRequest } from './received-request.js';
import { Records } from './records.js';
import type { Reply } from './replies.js';
import { replyTo } from './routes.js';

/** Takes every request in, whether it came through a socket or not: records it, lets it meet its fault, has it answered. */
export class Reception {
  readonly records = new Records();
  readonly faults = new FaultQueue();
  readonly #kakao: Kakao;
  readonly #closing: AbortSignal;

  /** @param closing - ends delays. */
  constructor(kakao: Kakao, closing: AbortSignal) {
    this.#kakao = kakao;
    this.#closing = closing;
  }

  /** @returns `'drop'` or `'hang'` when there is to be no answer. */
  async answer(received: ReceivedRequest): Promise<Reply | 'drop' | 'hang'> {
    const request = approvedRequest(received) ?? received;
    const endpoint = endpointAt(request.path);
    if (!endpoint) return replyTo(received, this.#kakao);

    const recordReply = this.records.add(endpoint, request);
    const fault = this.faults.take(endpoint);
    const reply = await replyWithFault(
      fault,
      this.#closing,
      () => toFaultReply(fault, endpoint, request, this.#kakao) ?? replyTo(received, this.#kakao),
    );
    if (typeof reply !== 'string') recordReply(reply);
    return reply;
  }
}
