import {
  type ExecutionContext,
  HttpException,
  Injectable,
  Logger,
  UnauthorizedException,
} from '@nestjs/common';
import { AuthGuard, type IAuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import {
  KakaoBusinessApiError,
  type KakaoBusinessAuthenticateOptions,
  KakaoBusinessError,
} from 'passport-kakao-business';

/** Sends the browser to Kakao; lets it through when it comes back and the user is signed in. */
@Injectable()
export class KakaoBusinessGuard extends AuthGuard('kakao-business') {
  private readonly logger = new Logger(KakaoBusinessGuard.name);

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    // Nest gives Passport a callback, and Passport then leaves the session to us.
    await super.logIn(context.switchToHttp().getRequest<Request>());
    return true;
  }

  /** What one login brings along: it waits in the session, and comes back as `request.authInfo.state`. */
  override getAuthenticateOptions(context: ExecutionContext): GuardOptions {
    const { returnTo } = context.switchToHttp().getRequest<Request>().query;
    const options: KakaoBusinessAuthenticateOptions = { state: { returnTo: toLocalPath(returnTo) } };
    return options as GuardOptions; // @nestjs/passport 12 types `state` as the string of other strategies
  }

  /**
   * Without this method Nest would answer every refusal with a bare 401, and every failure of Kakao with a bare 500.
   */
  override handleRequest<User>(
    error: unknown,
    user: User | false,
    challenge: object | undefined,
    _context: ExecutionContext,
    status = 401,
  ): User {
    if (error instanceof KakaoBusinessError) throw this.toHttpException(error);
    if (error) throw error;
    if (user) return user;
    throw challenge ? new HttpException(challenge, status) : new UnauthorizedException();
  }

  private toHttpException(error: KakaoBusinessError): HttpException {
    this.logger.error(JSON.stringify(error)); // safe: no token, code or secret in it
    const { code, hint, status } = error;
    const errorCode = error instanceof KakaoBusinessApiError ? error.errorCode : undefined;
    return new HttpException({ code, errorCode, hint }, status, { cause: error });
  }
}

type GuardOptions = ReturnType<IAuthGuard['getAuthenticateOptions']>;

// A path of this site and nothing else: neither //example.com nor /\example.com.
const toLocalPath = (value: unknown): string =>
  typeof value === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(value) ? value : '/';
