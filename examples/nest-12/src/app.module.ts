import { randomUUID } from 'node:crypto';
import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import session from 'express-session';
import passport from 'passport';
import { AppController } from './app.controller.js';
import { KAKAO_OPTIONS, kakaoOptions } from './kakao.js';
import { KakaoBusinessStrategy } from './kakao-business.strategy.js';
import { SessionSerializer } from './session.serializer.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [PassportModule.register({ session: true })],
  controllers: [AppController],
  providers: [
    { provide: KAKAO_OPTIONS, useFactory: kakaoOptions },
    KakaoBusinessStrategy,
    SessionSerializer,
    UsersService,
  ],
})
export class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    const secret = process.env.SESSION_SECRET || randomUUID();
    // In memory; use a store in production. Not SameSite=Strict: Kakao's redirect comes from another site.
    const sessions = session({
      secret,
      resave: false,
      saveUninitialized: false,
      cookie: { sameSite: 'lax' },
    });
    consumer.apply(sessions, passport.session()).forRoutes('{*path}');
  }
}
