import { readFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from './site.js';

const PACKAGES = [
  'passport-kakao-business',
  'passport-kakao',
  'passport-google-oauth20',
  'passport-github2',
  'passport-oauth2',
  'openid-client',
  'node-fetch',
];

/** Where and with what it was measured. */
export async function describeMachine(): Promise<string> {
  const [cpu] = cpus();
  const versions = await Promise.all(PACKAGES.map(async name => `${name} ${await versionOf(name)}`));
  return [
    `- ${new Date().toISOString().slice(0, 10)}`,
    `- ${cpu?.model ?? 'unknown CPU'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory, ${platform()} ${arch()}; load average at the end ${loadavg()[0]?.toFixed(1)}`,
    `- Node ${process.versions.node}, OpenSSL ${process.versions.openssl}`,
    `- ${versions.join(', ')}`,
  ].join('\n');
}

async function versionOf(name: string): Promise<string> {
  const folder = name === 'passport-kakao-business' ? PROJECT : join(PROJECT, 'node_modules', name);
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return version;
}
