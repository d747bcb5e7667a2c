import { startHttpServer } from '../support/server.js';

/** A response on its way through a stand-in. */
export interface PassingAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** How a stand-in deviates: it changes a response, or sends its own without asking the emulator. */
export interface Deviation {
  change?: (answer: PassingAnswer) => PassingAnswer;
  instead?: PassingAnswer;
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
    const answer = instead ?? (await pass(new URL(url, emulatorOrigin), method, headers, chunks));
    secrets.push(...secretsIn(answer));
    const changed = change(answer);
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

const same = (answer: PassingAnswer): PassingAnswer => answer;

async function pass(
  url: URL,
  method: string,
  { authorization, 'content-type': type }: Record<string, string | string[] | undefined>,
  body: Buffer[],
): Promise<PassingAnswer> {
  const answer = await fetch(url, {
    method,
    headers: {
      ...(typeof authorization === 'string' && { authorization }),
      ...(typeof type === 'string' && { 'content-type': type }),
    },
    ...(method === 'POST' && { body: Buffer.concat(body) }),
    redirect: 'manual',
  });
  const headers = [...answer.headers].filter(([name]) => PASSED_HEADERS.includes(name));
  return { status: answer.status, headers: Object.fromEntries(headers), body: await answer.text() };
}

// Other headers belong to the connection.
const PASSED_HEADERS = ['content-type', 'location', 'www-authenticate'];

function secretsIn({ headers, body }: PassingAnswer): string[] {
  const found = /"access_token":"([^"]+)"/.exec(body) ?? /[?&]code=([^&]+)/.exec(headers['location'] ?? '');
  return found?.[1] === undefined ? [] : [found[1]];
}
