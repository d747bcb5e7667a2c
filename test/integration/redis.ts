import { requireRedis } from './app-processes.js';

export const mochaGlobalSetup = requireRedis;
