import { once } from 'node:events';
import { createServer } from 'node:http';
import { RedisStore } from 'connect-redis';
import { createClient } from 'redis';
import { sessionApp } from './app-sessions.js';

/**
 * One of several processes of an app, with sessions in Redis. Sends its port to the parent process, and exits with it.
 */
async function main(): Promise<void> {
  const { ORIGIN = '', REDIS_URL = '', KAKAO = '{}' } = process.env;
  const client = createClient({ url: REDIS_URL });
  await client.connect();
  const app = sessionApp({ origin: ORIGIN, kakao: JSON.parse(KAKAO), store: new RedisStore({ client }) });

  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.(server.address());
}

process.once('disconnect', () => process.exit());
main();
