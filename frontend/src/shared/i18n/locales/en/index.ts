import account from './account.json';
import actions from './actions.json';
import audit from './audit.json';
import catalogue from './catalogue.json';
import centre from './centre.json';
import certification from './certification.json';
import common from './common.json';
import dossier from './dossier.json';
import draft from './draft.json';
import intake from './intake.json';
import open from './open.json';
import personal from './personal.json';
import setup from './setup.json';
import slip from './slip.json';
import upkeep from './upkeep.json';

export const en = {
  common,
  account,
  actions,
  audit,
  catalogue,
  centre,
  certification,
  dossier,
  draft,
  intake,
  open,
  personal,
  setup,
  slip,
  upkeep,
};
