import { readFile } from 'node:fs/promises';
import { get } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { PreconnectingAgent } from '../../../lib/kakao/http/preconnecting-agent.js';
import { eventually } from '../../support/eventually.js';
import { useLookups } from '../../support/lookups.js';
import { useRealSockets } from '../../support/real-sockets.js';
import { freePort } from '../../support/server.js';
import { startTLSServer, type TLSServer } from '../../support/tls-server.js';

const activeConnections = (): number =>
  process.getActiveResourcesInfo().filter(name => name === 'TCPSocketWrap').length;

describe('PreconnectingAgent', () => {
  useRealSockets();
  const lookUp = useLookups();

  let server: TLSServer;
  let agent: PreconnectingAgent;
  let responseDelay: number;
  beforeEach(async () => {
    responseDelay = 0;
    server = await startTLSServer((_request, response) => setTimeout(() => response.end(), responseDelay));
    agent = createAgent();
  });
  afterEach(async () => {
    agent.destroy();
    await server.close();
  });

  const createAgent = ({ timeout = 30_000, spareTimeout = 30_000 } = {}) =>
    new PreconnectingAgent({ keepAlive: true, timeout, spareTimeout, ca: server.ca });
  const prepare = (url: URL, count: number, by = agent) => by.preconnect(by.destinationOf(url), count);
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

  it('opens connections for later requests, and sends nothing over them', async () => {
    await prepared(2);
    expect(server.requests).to.equal(0);

    expect(await Promise.all([request(), request()])).to.deep.equal([200, 200]);

    expect(server.connections).to.have.lengthOf(2);
  });

  it('keeps a spare connection alive after its request', async () => {
    await prepared(1);

    for (let count = 0; count < 5; count++) await request();

    expect(server).to.deep.include({ requests: 5 }).and.have.property('connections').with.lengthOf(1);
  });

  it('counts free connections towards the requested number', async () => {
    await prepared(2);
    await request(); // one is free now, and one spare

    prepare(server.url, 2);
    prepare(server.url, 1);
    await Promise.all([request(), request()]);

    expect(server.connections).to.have.lengthOf(2);
  });

  it('uses a connection that is still being opened', async () => {
    prepare(server.url, 1);

    expect(await request()).to.equal(200);

    expect(server.connections).to.have.lengthOf(1);
  });

  it('writes the address of an IPv6 host without brackets, and no server name', () => {
    expect(agent.destinationOf(new URL('https://[::1]:8443/')).options).to.include({
      host: '::1',
      port: 8443,
      servername: '',
    });
  });

  it('closes its connections when it is destroyed', async () => {
    await prepared(2);
    await request(); // one is free now, and one spare
    expect(await server.open()).to.equal(2);

    agent.destroy();

    await eventually(async () => (await server.open()) === 0);
  });

  it('resumes the TLS session of an earlier connection', async () => {
    await prepared(1);
    await request();
    expect(server.connections[0]?.isSessionReused()).to.equal(false);
    server.hangUp();
    await eventually(() => Object.keys(agent.freeSockets).length === 0);

    prepare(server.url, 1);
    await eventually(() => server.connections.length === 2);

    expect(server.connections[1]?.isSessionReused()).to.equal(true);
  });

  it('opens new connections after the server has closed the old ones', async () => {
    await prepared(2);

    server.hangUp();
    await eventually(async () => (await server.open()) === 0);
    expect(await request()).to.equal(200); // over the third, which is free then
    prepare(server.url, 2);

    await eventually(() => server.connections.length === 4);
  });

  it('drops a connection that receives an unsolicited response', async () => {
    await prepared(1);

    server.connections[0]?.write('HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n');
    await eventually(async () => (await server.open()) === 0);

    expect(await request()).to.equal(200);
  });

  it('closes unused connections after spareTimeout', async () => {
    agent = createAgent({ spareTimeout: 50 });
    await prepared(2);

    await eventually(async () => (await server.open()) === 0);

    expect(await request()).to.equal(200);
  });

  // The timer of a connection in /proc/net: type 02 is TCP keep-alive, the time is in hundredths of a second.
  (process.platform === 'linux' ? it : it.skip)(
    'sends TCP keep-alive probes, so that firewalls keep the connection',
    async () => {
      await prepared(1);
      const port = server.connections[0]?.remotePort?.toString(16).toUpperCase().padStart(4, '0');
      const probedAfter = async () => {
        const tables = await Promise.all(['tcp', 'tcp6'].map(name => readFile(`/proc/net/${name}`, 'utf8')));
        return tables.join('\n').match(`:${port} \\S+ 01 \\S+ 02:(\\w+)`)?.[1] ?? 'ffff';
      };

      await eventually(async () => Number.parseInt(await probedAfter(), 16) <= 100);
    },
  );

  it('does not close a connection during a request', async () => {
    agent = createAgent({ timeout: 50, spareTimeout: 1000 });
    responseDelay = 300;
    await prepared(1);

    expect(await request()).to.equal(200);

    expect(server.connections).to.have.lengthOf(1);
  });

  it('keeps no process alive, even if the first address does not respond', async () => {
    const activeBefore = activeConnections(); // of the test runner
    lookUp((_name, _options, done) =>
      process.nextTick(done, null, [
        { address: '127.0.0.2', family: 4 },
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ]),
    );
    await prepared(1);

    expect(activeConnections()).to.equal(activeBefore + 1); // the server's end of it
  });

  it('keeps the process alive during a request over a connection that was still being opened', async () => {
    const activeBefore = activeConnections();
    responseDelay = 100;
    prepare(server.url, 1);

    const response = request();
    await eventually(() => server.requests === 1);

    expect(activeConnections()).to.equal(activeBefore + 2); // both ends
    expect(await response).to.equal(200);
    expect(server.connections).to.have.lengthOf(1);
  });

  describe('when connections end unused within seconds', () => {
    let now = 0;
    beforeEach(() => {
      now = 0;
      Object.defineProperty(performance, 'now', { value: () => now, configurable: true });
    });
    afterEach(() => Reflect.deleteProperty(performance, 'now'));

    const openOne = async () => {
      const before = server.connections.length;
      prepare(server.url, 1);
      await eventually(() => server.connections.length === before + 1);
    };
    const endAll = async () => {
      server.hangUp();
      await eventually(async () => (await server.open()) === 0);
    };

    it('pauses for 30 seconds after the third time', async () => {
      for (let times = 0; times < 3; times++) {
        await openOne();
        await endAll();
      }

      now = 29_999;
      prepare(server.url, 1);
      await wait(100);
      expect(server.connections).to.have.lengthOf(3);

      now = 30_000;
      await openOne();
      await endAll();
      prepare(server.url, 1);
      await wait(100);
      expect(server.connections).to.have.lengthOf(4);
    });

    it('goes on if a request succeeded in between', async () => {
      for (let times = 0; times < 4; times++) {
        await openOne();
        await endAll();
        expect(await request()).to.equal(200);
        await endAll();
      }
    });

    it('goes on if each lasted five seconds', async () => {
      for (let times = 0; times < 4; times++) {
        await openOne();
        now += 5000;
        await endAll();
      }
    });

    it('pauses after the first time if none was ever open', async () => {
      const tried: string[] = [];
      lookUp((name, _options, done) => {
        tried.push(name);
        process.nextTick(done, Object.assign(new Error(), { code: 'ENOTFOUND' }), '');
      });

      for (let times = 0; times < 3; times++) {
        prepare(server.url, 2);
        await wait(20);
      }

      expect(tried).to.deep.equal(['localhost']);
    });
  });

  describe('while DNS does not respond', () => {
    it('waits for one lookup and then opens all connections', async () => {
      const answers: (() => void)[] = [];
      lookUp((_name, _options, done) =>
        answers.push(() => done(null, [{ address: '127.0.0.1', family: 4 }])),
      );

      prepare(server.url, 2);
      prepare(server.url, 2);
      expect(answers).to.have.lengthOf(1);
      for (const answer of answers) answer();

      await eventually(() => server.connections.length === 2);
      expect(await Promise.all([request(), request()])).to.deep.equal([200, 200]);
      expect(server.connections).to.have.lengthOf(2);
    });

    it('shares a later lookup, even if the response to an earlier one comes late', async () => {
      const answers: (() => void)[] = [];
      lookUp((_name, _options, done) =>
        answers.push(() => done(null, [{ address: '127.0.0.1', family: 4 }])),
      );
      prepare(server.url, 1);
      const response = request(); // looks it up again
      answers[0]?.();
      expect(await response).to.equal(200);

      prepare(server.url, 2);
      answers[1]?.();
      prepare(server.url, 3);

      expect(answers).to.have.lengthOf(3);
    });

    it('does not delay a request, which does its own lookup', async () => {
      let lookups = 0;
      lookUp((_name, _options, done) => {
        lookups += 1;
        if (lookups > 1) process.nextTick(done, null, [{ address: '127.0.0.1', family: 4 }]);
      });

      prepare(server.url, 2);

      expect(await request()).to.equal(200);
      expect(lookups).to.equal(2);
    });
  });

  describe('when a connection cannot be opened', () => {
    let silentServer: Server | undefined;
    afterEach(() => silentServer?.close());

    it('throws nothing if the host is down, unknown or untrusted', async () => {
      const untrusting = new PreconnectingAgent({ spareTimeout: 1000 });

      prepare(new URL(`https://localhost:${await freePort()}`), 1, untrusting);
      prepare(new URL('https://name.invalid'), 1, untrusting);
      prepare(server.url, 2, untrusting);

      await wait(300); // an unhandled error event would end the process
      expect(await server.open()).to.equal(0);
    });

    it('gives up after seconds, so that the process can end', async () => {
      const sockets = new Set<Socket>();
      silentServer = createServer(socket => {
        sockets.add(socket);
        socket.on('error', () => {}).on('close', () => sockets.delete(socket));
        socket.resume();
      });
      const silent = silentServer;
      await new Promise<void>(resolve => silent.listen(0, 'localhost', resolve));
      const address = silent.address();
      if (address === null || typeof address === 'string') throw new Error('no port');

      prepare(new URL(`https://localhost:${address.port}`), 2);
      await eventually(() => sockets.size === 2);

      await eventually(() => sockets.size === 0, 9000);
    });
  });
});
