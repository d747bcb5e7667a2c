import { Router } from 'express';
import { requireFormToken } from '../form-token.js';
import { ownKeysPage } from '../pages/own-keys.js';
import type { Authentication } from '../passport.js';
import { visitorOf } from '../visitor.js';
import { kakaosOwnPages } from './kakao-pages.js';
import { tourPage } from './page.js';
import { adRefusals, failures, firstStep, ownFaults, pathWithoutSession, refusals } from './stops.js';
import { type Scene, Trip } from './trip.js';

/** The tour of problems, and how to leave the emulator; with the emulator only. */
export function tourRoutes(scene: Scene): Router {
  const routes = Router();

  routes.get('/own-keys', (req, res) => {
    res.send(ownKeysPage(visitorOf(req), scene.origin));
  });

  routes.get('/problems', (req, res) => {
    const panel = new URL('/emulator', scene.emulator.endpoints.authorizationURL).href;
    res.send(tourPage({ visitor: visitorOf(req), kakaosOwn: kakaosOwnPages(scene), panel }));
  });

  routes.post('/problems/:stop', requireFormToken, async (req, res, next) => {
    const { user } = visitorOf(req);
    const stop = [...refusals, ...failures, ...adRefusals, ...ownFaults].find(
      ({ id }) => id === req.params['stop'],
    );
    if (!stop) return next();
    const first = firstStep(stop, user);
    if (first) return res.redirect(303, first.path);
    const way = await stop.arrange(new Trip(scene, req, user));
    return res.redirect(303, way.href);
  });

  return routes;
}

/** The only stop whose route must come before the session middleware. */
export const tourWithoutSession = ({ passport }: Authentication): Router =>
  Router().get(pathWithoutSession, passport.authenticate('kakao-business'));
