import { approvedRequest } from './consent/approval.js';
import { replyWithFault, toFaultReply } from './faults/fault-replies.js';
import { isFromAnotherSite } from './http/csrf.js';
import type { ReceivedRequest } from './http/request.js';
import { type Reply, textReply } from './http/response.js';
import { endpointAt } from './paths.js';
import { replyTo } from './router.js';
import type { Kakao } from './state.js';

/**
 * Takes a request in, whether it came through a socket or not: records it, lets it meet its fault, has it answered.
 *
 * @param closing - ends delays.
 * @returns `'drop'` or `'hang'` when there is to be no answer.
 */
export async function receive(
  received: ReceivedRequest,
  kakao: Kakao,
  closing: AbortSignal,
): Promise<Reply | 'drop' | 'hang'> {
  if (isFromAnotherSite(received)) return textReply(403, 'Pages of other sites cannot call the emulator.');
  const request = approvedRequest(received) ?? received;
  const endpoint = endpointAt(request.path);
  if (!endpoint) return replyTo(received, kakao);

  const recordReply = kakao.records.add(endpoint, request);
  const fault = kakao.faults.take(endpoint);
  const reply = await replyWithFault(
    fault,
    closing,
    () => toFaultReply(fault, endpoint, request, kakao) ?? replyTo(received, kakao),
  );
  if (typeof reply !== 'string') recordReply(reply);
  return reply;
}
