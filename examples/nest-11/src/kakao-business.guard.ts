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

/** Redirects to Kakao; on the callback, signs the user in and lets the request through. */
@Injectable()
export class KakaoBusinessGuard extends AuthGuard('kakao-business') {
  private readonly logger = new Logger(KakaoBusinessGuard.name);

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    // Nest passes a callback to Passport, which then leaves the session to the app.
    await super.logIn(context.switchToHttp().getRequest<Request>());
    return true;
  }

  /** Options of one login; `state` is kept in the session and returned as `request.authInfo.state`. */
  override getAuthenticateOptions(context: ExecutionContext): GuardOptions {
    const { returnTo } = context.switchToHttp().getRequest<Request>().query;
    const options: KakaoBusinessAuthenticateOptions = { state: { returnTo: toLocalPath(returnTo) } };
    return options as GuardOptions; // @nestjs/passport 12 types `state` as the string of other strategies
  }

  /** Without this method, Nest responds to each failed login with a bare 401, and to each error with a bare 500. */
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
    this.logger.error(JSON.stringify(error)); // contains no token, code or secret
    const { code, hint, status } = error;
    const errorCode = error instanceof KakaoBusinessApiError ? error.errorCode : undefined;
    return new HttpException({ code, errorCode, hint }, status, { cause: error });
  }
}

type GuardOptions = ReturnType<IAuthGuard['getAuthenticateOptions']>;

// A path of this site only: neither //example.com nor /\example.com.
const toLocalPath = (value: unknown): string =>
  typeof value === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(value) ? value : '/';
