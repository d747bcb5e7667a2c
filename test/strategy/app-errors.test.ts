import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mock } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { Passport } from 'passport';
import type { KakaoBusinessFetch } from '../../lib/index.js';
import { GOOD } from '../faults/faults.js';
import { request } from '../support/authenticate.js';
import { eventually } from '../support/eventually.js';
import { useRealSockets } from '../support/real-sockets.js';
import { createStrategy } from '../support/strategy.js';

const kakao: KakaoBusinessFetch = async url =>
  new Response(
    url.endsWith('/token') ? GOOD.token : GOOD[url.endsWith('/tokeninfo') ? 'tokeninfo' : 'userinfo'],
  );

type Handler = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;
type Callback = (error: unknown, user: unknown, info: unknown) => unknown;

describe('A request whose app throws', () => {
  useRealSockets();
  const warnings: { message: string; type: string; detail: string }[] = [];
  const emitWarning = (message: string, { type, detail }: { type: string; detail: string }) =>
    warnings.push({ message, type, detail });
  beforeEach(() => {
    warnings.length = 0;
    mock.method(process, 'emitWarning', emitWarning);
  });
  afterEach(() => mock.restoreAll());

  /** Sends one request to a node:http server with Passport. @returns the status and the body of the response. */
  async function send(
    path: string,
    toHandler: (passport: InstanceType<typeof Passport>, res: ServerResponse) => Handler,
  ) {
    const passport = new Passport();
    const logins = new Map([['a-handle', { redirectURI: 'https://app.example.com/' }]]);
    passport.use(
      createStrategy({
        fetch: kakao,
        store: {
          store: (_req, _login, _meta, done) => done(null, 'a-handle'),
          verify: (_req, handle, _meta, done) => done(null, logins.has(handle), logins.get(handle)),
        },
      }),
    );
    const server = createServer((req, res) =>
      toHandler(passport, res)(req, res, error =>
        res.writeHead(error ? 500 : 200).end(error ? String(error) : 'next'),
      ),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
        redirect: 'manual',
      });
      return { status: response.status, body: await response.text() };
    } finally {
      server.close();
    }
  }

  const withCallback =
    (toCallback: (res: ServerResponse) => Callback) =>
    (passport: InstanceType<typeof Passport>, res: ServerResponse) =>
      passport.authenticate('kakao-business', toCallback(res)) as Handler;

  const careless = () => {
    throw new Error('careless');
  };
  const outcomes: [outcome: string, path: string][] = [
    ['success', '/?code=a-code&state=a-handle'],
    ['a forged state', '/?code=a-code&state=forged'],
    ['an error', '/?error=server_error&state=a-handle'],
  ];
  for (const [outcome, path] of outcomes) {
    it(`gets a 500 when the callback throws on ${outcome}`, async () => {
      expect(
        await send(
          path,
          withCallback(() => careless),
        ),
      ).to.deep.equal({ status: 500, body: '' });
      expect(warnings[0]).to.include({
        message: 'The app threw an error while it handled the outcome of a login',
        type: 'KakaoBusinessWarning',
      });
      expect(warnings[0]).to.have.property('detail').that.includes('careless');
    });
  }

  it('gets a 500 when the async callback rejects on success', async () => {
    const response = await send(
      '/?code=a-code&state=a-handle',
      withCallback(() => async () => careless()),
    );

    expect(response).to.deep.equal({ status: 500, body: '' });
    expect(warnings[0]).to.have.property('detail').that.includes('careless');
  });

  it('gets the response of the callback, called again with the error', async () => {
    const callback = (res: ServerResponse) => (error: unknown, user: unknown) => {
      if (error) return res.writeHead(503).end(String(error));
      return Object(user).no.such.member;
    };

    const response = await send('/?code=a-code&state=a-handle', withCallback(callback));

    expect(response).to.have.property('status', 503);
    expect(response.body).to.include('TypeError');
    expect(warnings).to.have.lengthOf(1);
  });

  for (const [outcome, path] of outcomes) {
    it(`gets the response sent before the callback throws on ${outcome}`, async () => {
      const callback = (res: ServerResponse) => () => {
        res.end('sent');
        throw new Error('careless');
      };

      expect(await send(path, withCallback(callback))).to.deep.equal({ status: 200, body: 'sent' });
      expect(warnings).to.have.lengthOf(1);
    });
  }

  it('gets the response sent long before the callback throws', async () => {
    let calls = 0;
    const callback = (res: ServerResponse) => async () => {
      calls += 1;
      await new Promise<void>(resolve => res.end('sent', resolve));
      throw new Error('careless');
    };

    expect(await send('/?code=a-code&state=a-handle', withCallback(callback))).to.have.property(
      'status',
      200,
    );
    await eventually(() => warnings.length === 1);
    await wait(20);
    expect(calls).to.equal(1);
  });

  it('causes a warning with the message of an error that has no stack', async () => {
    const throwing = () => {
      throw Object.assign(new RangeError('careless'), { stack: undefined });
    };

    await send(
      '/?code=a-code&state=forged',
      withCallback(() => throwing),
    );

    expect(warnings[0]).to.have.property('detail', 'RangeError: careless');
  });

  it('gets a 500 when the redirect cannot be sent', async () => {
    const response = await send('/', (passport, res) => {
      const { setHeader } = res;
      res.setHeader = (name, value) => {
        if (name === 'Location' && value) throw new Error('no header today');
        return setHeader.call(res, name, value);
      };
      return passport.authenticate('kakao-business');
    });

    expect(response).to.have.property('status', 500);
    expect(response.body).to.include('no header today');
  });

  it('gets a 500 when next() throws', async () => {
    const response = await send('/?error=server_error&state=a-handle', passport => (req, res) => {
      const authenticate: Handler = passport.authenticate('kakao-business');
      authenticate(req, res, careless);
    });

    expect(response).to.deep.equal({ status: 500, body: '' });
  });

  it('does not crash the process when no response can be sent', async () => {
    const strategy = createStrategy();
    const perRequest = Object.assign(Object.create(strategy), { redirect: careless, error: careless });

    perRequest.authenticate(request());

    await eventually(() => warnings.length === 2);
  });

  it('gets a 500 when the callback throws a string', async () => {
    const throwing = () => {
      throw 'a string';
    };

    expect(
      await send(
        '/?code=a-code&state=forged',
        withCallback(() => throwing),
      ),
    ).to.have.property('status', 500);
    expect(warnings[0]).to.have.property('detail').that.includes('rejected with a string');
  });
});
