import { startHttpServer } from '../support/server.js';

/** A response on its way through a stand-in. */
export interface PassingResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** How a stand-in deviates: it changes a response, or sends its own without asking the emulator. */
export interface Deviation {
  change?: (response: PassingResponse) => PassingResponse;
  instead?: PassingResponse;
}

/** A proxy before the emulator that can change responses. */
export interface StandIn {
  origin: string;
  /** Sets the deviation from now on; an empty one ends it. */
  deviate(deviation: Deviation): void;
  /** The codes and tokens in the responses. */
  readonly secrets: string[];
  close(): Promise<void>;
}

export async function startStandIn(emulatorOrigin: string): Promise<StandIn> {
  let deviation: Deviation = {};
  const secrets: string[] = [];
  const server = await startHttpServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { change = same, instead } = deviation;
    const original = instead ?? (await pass(new URL(url, emulatorOrigin), method, headers, chunks));
    secrets.push(...secretsIn(original));
    const changed = change(original);
    response.writeHead(changed.status, changed.headers).end(changed.body);
  });
  return {
    origin: server.url,
    deviate: next => {
      deviation = next;
    },
    secrets,
    close: () => server.close(),
  };
}

const same = (response: PassingResponse): PassingResponse => response;

async function pass(
  url: URL,
  method: string,
  { authorization, adaccountid, 'content-type': type }: Record<string, string | string[] | undefined>,
  body: Buffer[],
): Promise<PassingResponse> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(typeof authorization === 'string' && { authorization }),
      ...(typeof adaccountid === 'string' && { adaccountid }),
      ...(typeof type === 'string' && { 'content-type': type }),
    },
    ...(method === 'POST' && { body: Buffer.concat(body) }),
    redirect: 'manual',
  });
  const headers = [...response.headers].filter(([name]) => PASSED_HEADERS.includes(name));
  return { status: response.status, headers: Object.fromEntries(headers), body: await response.text() };
}

// Other headers belong to the connection.
const PASSED_HEADERS = ['content-type', 'location', 'www-authenticate'];

function secretsIn({ headers, body }: PassingResponse): string[] {
  const found = /"access_token":"([^"]+)"/.exec(body) ?? /[?&]code=([^&]+)/.exec(headers['location'] ?? '');
  return found?.[1] === undefined ? [] : [found[1]];
}
