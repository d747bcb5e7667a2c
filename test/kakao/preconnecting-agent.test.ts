import dns from 'node:dns';
import { get } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { PreconnectingAgent } from '../../lib/kakao/preconnecting-agent.js';
import { eventually } from '../support/eventually.js';
import { useRealSockets } from '../support/real-sockets.js';
import { freePort } from '../support/server.js';
import { startTLSServer, type TLSServer } from '../support/tls-server.js';

const activeConnections = (): number =>
  process.getActiveResourcesInfo().filter(name => name === 'TCPSocketWrap').length;

describe('connections opened ahead', () => {
  useRealSockets();

  let server: TLSServer;
  let agent: PreconnectingAgent;
  let answerAfter: number;
  beforeEach(async () => {
    answerAfter = 0;
    server = await startTLSServer((_request, response) => setTimeout(() => response.end(), answerAfter));
    agent = createAgent();
  });
  afterEach(async () => {
    agent.destroy();
    await server.close();
  });

  const createAgent = ({ timeout = 30_000 } = {}) =>
    new PreconnectingAgent({ keepAlive: true, timeout, ca: server.ca });
  const prepare = (url: URL, count: number, by = agent) => by.openSpares(by.destinationOf(url), count);
  const prepared = async (count: number) => {
    prepare(server.url, count);
    await eventually(() => server.connections.length === count);
  };
  const request = (): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      get(server.url, { agent }, response =>
        response.resume().on('end', () => resolve(response.statusCode)),
      ).on('error', reject);
    });

  it('carry the requests that follow, and no request before', async () => {
    await prepared(2);
    expect(server.requests).to.equal(0);

    expect(await Promise.all([request(), request()])).to.deep.equal([200, 200]);

    expect(server.connections).to.have.lengthOf(2);
  });

  it('are kept alive after their request like all others', async () => {
    await prepared(1);

    for (let count = 0; count < 5; count++) await request();

    expect(server).to.deep.include({ requests: 5 }).and.have.property('connections').with.lengthOf(1);
  });

  it('are as many as are asked for, those that are free counted', async () => {
    await prepared(2);
    await request(); // one is free now, and one spare

    prepare(server.url, 2);
    prepare(server.url, 1);
    await Promise.all([request(), request()]);

    expect(server.connections).to.have.lengthOf(2);
  });

  it('serve while they are still being opened', async () => {
    prepare(server.url, 1);

    expect(await request()).to.equal(200);

    expect(server.connections).to.have.lengthOf(1);
  });

  it('resume the TLS session of one before', async () => {
    await prepared(1);
    await request();
    expect(server.connections[0]?.isSessionReused()).to.equal(false);
    server.hangUp();
    await eventually(() => Object.keys(agent.freeSockets).length === 0);

    prepare(server.url, 1);
    await eventually(() => server.connections.length === 2);

    expect(server.connections[1]?.isSessionReused()).to.equal(true);
  });

  it('are made anew when the server has closed them', async () => {
    await prepared(2);

    server.hangUp();
    await eventually(async () => (await server.open()) === 0);
    expect(await request()).to.equal(200); // over the third, which is free then
    prepare(server.url, 2);

    await eventually(() => server.connections.length === 4);
  });

  it('are dropped when the server says something that nobody asked for', async () => {
    await prepared(1);

    server.connections[0]?.write('HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n');
    await eventually(async () => (await server.open()) === 0);

    expect(await request()).to.equal(200);
  });

  it('are dropped when nothing needed them for as long as connections are kept alive', async () => {
    agent = createAgent({ timeout: 50 });
    await prepared(2);

    await eventually(async () => (await server.open()) === 0);

    expect(await request()).to.equal(200);
  });

  it('are not cut short while a request goes over them', async () => {
    agent = createAgent({ timeout: 50 });
    answerAfter = 300;
    await prepared(1);

    expect(await request()).to.equal(200);

    expect(server.connections).to.have.lengthOf(1);
  });

  it('keep no process alive, even where the first of two addresses does not answer', async () => {
    const { lookup } = dns;
    const twoAddresses = (_name: string, _options: object, done: (error: null, found: object[]) => void) =>
      process.nextTick(done, null, [
        { address: '127.0.0.2', family: 4 },
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ]);
    const activeBefore = activeConnections(); // of whatever runs these tests
    Object.assign(dns, { lookup: twoAddresses });
    try {
      await prepared(1);
    } finally {
      Object.assign(dns, { lookup });
    }

    expect(activeConnections()).to.equal(activeBefore + 1); // the server's end of it
  });

  describe('that cannot be opened', () => {
    let blind: Server | undefined;
    afterEach(() => blind?.close());

    it('throw nothing where the server refuses, its name is unknown, or its certificate is not trusted', async () => {
      const untrusting = new PreconnectingAgent();

      prepare(new URL(`https://localhost:${await freePort()}`), 1, untrusting);
      prepare(new URL('https://name.invalid'), 1, untrusting);
      prepare(server.url, 2, untrusting);

      await wait(300); // an error that nobody listens to would end the process
      expect(await server.open()).to.equal(0);
    });

    it('are given up after seconds, since the process cannot end meanwhile', async () => {
      const sockets = new Set<Socket>();
      blind = createServer(socket => {
        sockets.add(socket);
        socket.on('error', () => {}).on('close', () => sockets.delete(socket));
        socket.resume();
      });
      const silent = blind;
      await new Promise<void>(resolve => silent.listen(0, 'localhost', resolve));
      const address = silent.address();
      if (address === null || typeof address === 'string') throw new Error('no port');

      prepare(new URL(`https://localhost:${address.port}`), 2);
      await eventually(() => sockets.size === 2);

      await eventually(() => sockets.size === 0, 9000);
    });
  });
});
