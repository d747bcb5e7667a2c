import { Controller, Get, Redirect, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { KakaoBusinessGuard } from './kakao-business.guard';

@Controller()
export class AppController {
  @Get()
  home(@Req() request: Request): object | string {
    return request.user ?? '<a href="/auth/kakao-business">카카오 비즈니스로 로그인</a>';
  }

  /** Runs after the sign-in only; before that, the guard redirects to Kakao. */
  @Get(['auth/kakao-business', 'auth/kakao-business/callback'])
  @UseGuards(KakaoBusinessGuard)
  @Redirect()
  signedIn(@Req() request: Request): { url: string } {
    const { returnTo = '/' } = request.authInfo?.state ?? {};
    return { url: String(returnTo) };
  }
}
