import { type EmulatedFault, requireErrorCode } from '../faults/kinds.js';
import type { ReceivedRequest } from '../http/request.js';
import { type Reply, seeOtherReply } from '../http/response.js';
import { panelPaths } from '../pages/panel-paths.js';
import { endpointNames } from '../paths.js';
import type { Kakao } from '../state.js';
import { panelPage } from './page.js';

/** The developer panel: what was asked, what will be answered, and what it depends on. */
export function showPanel(request: ReceivedRequest, kakao: Kakao): Reply {
  return panelPage(kakao, `http://${request.headers.host}`);
}

/** Queues the fault of a form, whose fields are members of a fault. Those that are empty count as left out. */
export function switchFaultOn(request: ReceivedRequest, kakao: Kakao): Reply {
  return take(request, kakao, '#faults', form => {
    const endpoint = endpointNames.find(name => name === form.get('endpoint'));
    if (!endpoint) throw new TypeError(`endpoint must be one of ${endpointNames.join(', ')}`);
    const unknown = [...form.keys()].find(name => !faultFields.includes(name));
    if (unknown !== undefined)
      throw new TypeError(`there is no ${unknown}; there is ${faultFields.join(', ')}`);
    const { code, error, drop, hang } = Object.fromEntries(form);
    const fault: EmulatedFault = {
      ...(code && { code: requireErrorCode(endpoint, code) }),
      ...(error && { error }),
      ...(drop === 'true' && { drop: true }),
      ...(hang === 'true' && { hang: true }),
    };
    for (const member of ['status', 'retryAfter', 'delay'] as const) {
      if (form.get(member)) fault[member] = Number(form.get(member));
    }
    kakao.faults.add(endpoint, fault);
  });
}

const faultFields = ['endpoint', 'code', 'error', 'status', 'retryAfter', 'delay', 'drop', 'hang'];

export function clearFaults(request: ReceivedRequest, kakao: Kakao): Reply {
  return take(request, kakao, '#faults', () => kakao.faults.clear());
}

/** Moves the clock by the `seconds` of a form. */
export function moveClock(request: ReceivedRequest, kakao: Kakao): Reply {
  return take(request, kakao, '#clock', form => {
    const seconds = Number(form.get('seconds') || Number.NaN);
    if (!(seconds >= 0)) throw new TypeError('seconds must be a number from 0 on: time moves forward only');
    kakao.clock.advance(seconds * 1000);
  });
}

/** Back to the panel, which tells what was wrong with the form where something was. */
function take(
  request: ReceivedRequest,
  kakao: Kakao,
  section: string,
  change: (form: URLSearchParams) => void,
): Reply {
  try {
    change(request.form ?? new URLSearchParams());
  } catch (error) {
    if (error instanceof TypeError) return panelPage(kakao, `http://${request.headers.host}`, error.message);
    throw error;
  }
  return seeOtherReply(panelPaths.panel + section);
}
