import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { port } from './kakao.js';

async function start(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  await app.listen(port);
  console.log(`http://localhost:${port}`);
}

void start();
