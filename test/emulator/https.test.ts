import { once } from 'node:events';
import { Agent, get } from 'node:https';
import { connect } from 'node:net';
import { expect } from 'chai';
import { generate } from 'selfsigned';
import { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { KakaoBusinessClient } from '../../lib/index.js';
import { rejectionAs } from '../support/rejection.js';

describe('emulator: https', () => {
  let https: { cert: string; key: string };
  let other: { cert: string; key: string };
  const make = async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'emulator' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    return { cert, key };
  };
  before(async () => {
    [https, other] = await Promise.all([make(), make()]);
  });

  const running: KakaoBusinessEmulator[] = [];
  const start = async (): Promise<KakaoBusinessEmulator> => {
    const emulator = await startKakaoBusinessEmulator({ https });
    running.push(emulator);
    return emulator;
  };
  afterEach(() => Promise.all(running.splice(0).map(emulator => emulator.close())));

  it('serves a whole login to a client that trusts the certificate', async () => {
    const kakao = await start();
    const { clientID, clientSecret } = kakao.app;
    const redirectURI = kakao.app.redirectURIs[0] ?? '';
    const agent = new Agent({ ca: https.cert });
    const client = new KakaoBusinessClient({ clientID, clientSecret, agent, ...kakao.endpoints });
    const url = client.authorizationURL({ redirectURI, scope: 'biz_account_email', state: 'a-state' });

    const callback = await kakao.approve(url);
    const code = callback.searchParams.get('code') ?? '';
    const { access_token } = await client.exchangeCode({ code, redirectURI });

    expect(kakao.endpoints.tokenURL).to.match(/^https:\/\/127\.0\.0\.1:\d+\//);
    expect(await client.userInfo(access_token)).to.deep.equal({ email: 'haneul.kim@example.com' });
    agent.destroy();
  });

  it('shows https URLs on the panel', async () => {
    const { endpoints } = await start();
    const asked = get(new URL('/emulator', endpoints.tokenURL), { ca: https.cert, agent: false });
    const [response] = await once(asked, 'response');
    let text = '';
    for await (const chunk of response) text += chunk;

    expect(text).to.include(endpoints.tokenURL);
  });

  it('closes connections that never begin TLS', async () => {
    const kakao = await start();
    const socket = connect(Number(new URL(kakao.endpoints.tokenURL).port), '127.0.0.1');
    await once(socket, 'connect');
    const closed = once(
      socket.on('error', () => {}),
      'close',
    );

    await kakao.close();
    await closed;
  });

  it('survives a client that speaks http', async () => {
    const { endpoints } = await start();

    await fetch(endpoints.tokenInfoURL.replace('https:', 'http:')).then(
      () => expect.fail('answered'),
      () => {},
    );
    const asked = get(endpoints.tokenInfoURL, { ca: https.cert, agent: false });
    const [response] = await once(asked, 'response');
    response.resume();

    expect(response.statusCode).to.equal(401);
  });

  it('rejects a certificate and a key that do not belong together, without quoting them', async () => {
    const problems = [
      [{ cert: https.key, key: https.key }, 'the https.cert option must be a certificate in PEM'],
      [{ cert: https.cert, key: https.cert }, 'the https.key option must be a private key in PEM, without a'],
      [
        { cert: https.cert, key: other.key },
        'the https.key option must be the private key of the certificate',
      ],
    ] as const;
    for (const [pair, message] of problems) {
      const error = await rejectionAs(TypeError, startKakaoBusinessEmulator({ https: pair }));

      expect(error.message).to.include(message).and.not.include('-----');
    }
  });
});
