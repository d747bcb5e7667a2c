import { startHttpServer } from '../support/server.js';

/** An answer on its way through a stand-in. */
export interface PassingAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a stand-in answers otherwise: what it makes of an answer, or one of its own, so that the emulator hears nothing. */
export interface Deviation {
  change?: (answer: PassingAnswer) => PassingAnswer;
  instead?: PassingAnswer;
}

/** A Kakao that is the emulator, but for what it is told to answer otherwise. */
export interface StandIn {
  origin: string;
  /** From now on; with nothing in it, it answers as the emulator does. */
  deviate(deviation: Deviation): void;
  /** The codes and tokens that went through. */
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
  const headers = [...answer.headers].filter(([name]) => passed.includes(name));
  return { status: answer.status, headers: Object.fromEntries(headers), body: await answer.text() };
}

// Others belong to the connection.
const passed = ['content-type', 'location', 'www-authenticate'];

function secretsIn({ headers, body }: PassingAnswer): string[] {
  const found = /"access_token":"([^"]+)"/.exec(body) ?? /[?&]code=([^&]+)/.exec(headers['location'] ?? '');
  return found?.[1] === undefined ? [] : [found[1]];
}
