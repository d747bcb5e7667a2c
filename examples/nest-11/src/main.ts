import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { port } from './kakao';

async function start(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  await app.listen(port);
  console.log(`http://localhost:${port}`);
}

void start();
