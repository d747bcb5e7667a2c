import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import {
  ConsentItem,
  type KakaoBusinessProfile,
  type KakaoBusinessStrategyOptions,
  type KakaoBusinessVerify,
  Strategy,
} from 'passport-kakao-business';
import { KAKAO_OPTIONS } from './kakao';
import { type User, UsersService } from './users.service';

// Nest accepts a validate() with any parameters; `implements` makes the compiler check them.
@Injectable()
export class KakaoBusinessStrategy
  extends PassportStrategy(Strategy, 'kakao-business')
  implements Record<'validate', KakaoBusinessVerify>
{
  constructor(
    @Inject(KAKAO_OPTIONS) options: KakaoBusinessStrategyOptions,
    @Inject(UsersService) private readonly users: UsersService,
  ) {
    super({ ...options, scope: [ConsentItem.Email, ConsentItem.MomentManagement] });
  }

  /** Finds or creates the user. To reject the login, return false or throw an HttpException. */
  async validate(
    _accessToken: string, // gives access to the ad accounts: keep it on the server if you call Kakao's APIs
    _refreshToken: undefined,
    profile: KakaoBusinessProfile,
  ): Promise<User | false> {
    return this.users.save(profile);
  }
}
