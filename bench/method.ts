import type { Measurements } from './measurements.js';
import { digits } from './tables.js';

/** What a reader has to know of the numbers. */
export const howItIsMeasured = ({ relay }: Measurements): string =>
  [
    'Kakao is played by two TLS servers (TLS 1.3, HTTP/1.1, keep-alive) in a process of their own. Every contender has a process of its own, is driven as Passport drives it, without a framework, and has signed users in before anything is measured. They take turns within each round, and another one is first each time. Every login must end with the right user, or the run fails.',
    `Between them stands a relay that delays every byte by half a round trip, and a new connection by a whole one more: loopback accepts at once, a distance does not. So a request takes three round trips on a new connection (TCP, TLS 1.3, the request), and one on an open one. The run checks that: ${relay.map(({ roundTrip, cold, warm }) => `${roundTrip} ms away, a bare https.request took ${digits(cold)} and ${digits(warm)} ms`).join('; ')}. There is no relay at 0 ms, and none where CPU and logins per second are measured.`,
    'All contenders ask the same two hosts, as Kakao has them. Google serves both of its endpoints on one host, where a cold callback of its strategy takes four round trips, and not the six that it takes here.',
    'openid-client is used as for a provider without ID tokens, which Kakao Business is: its verify function asks the userinfo endpoint. With an ID token it would send one request fewer. passport-oauth2 asks who the user is as every strategy on top of it does.',
    'node-fetch costs more CPU than https.request, and that is the price of a deadline, of limits and of decoding that the strategies on node-oauth do without; the two floors show how much. A login of ours also asks more: what the user agreed to, and the email.',
    'Logins per second are those of one process that shares the machine with the hosts: the two bare https.request are limited by the hosts as much as by themselves.',
    'Heap is what V8 and its buffers hold after garbage was collected; the process is what the operating system counts.',
  ].join('\n\n');
