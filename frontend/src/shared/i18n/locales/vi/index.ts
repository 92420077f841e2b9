import account from './account.json';
import actions from './actions.json';
import audit from './audit.json';
import catalogue from './catalogue.json';
import centre from './centre.json';
import certification from './certification.json';
import closing from './closing.json';
import common from './common.json';
import dossier from './dossier.json';
import draft from './draft.json';
import fee from './fee.json';
import handover from './handover.json';
import intake from './intake.json';
import message from './message.json';
import open from './open.json';
import payment from './payment.json';
import personal from './personal.json';
import receipt from './receipt.json';
import register from './register.json';
import roster from './roster.json';
import setup from './setup.json';
import sheet from './sheet.json';
import slip from './slip.json';
import statement from './statement.json';
import upkeep from './upkeep.json';
import watch from './watch.json';

export const vi = {
  common,
  account,
  actions,
  audit,
  catalogue,
  centre,
  certification,
  closing,
  dossier,
  draft,
  fee,
  handover,
  intake,
  message,
  open,
  payment,
  personal,
  receipt,
  register,
  roster,
  setup,
  sheet,
  slip,
  statement,
  upkeep,
  watch,
};
