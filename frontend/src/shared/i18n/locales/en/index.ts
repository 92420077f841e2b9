import account from './account.json';
import actions from './actions.json';
import audit from './audit.json';
import catalogue from './catalogue.json';
import centre from './centre.json';
import certification from './certification.json';
import closing from './closing.json';
import common from './common.json';
import declaration from './declaration.json';
import dossier from './dossier.json';
import draft from './draft.json';
import fee from './fee.json';
import feedback from './feedback.json';
import file from './file.json';
import handover from './handover.json';
import indices from './indices.json';
import inspection from './inspection.json';
import intake from './intake.json';
import kiosk from './kiosk.json';
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
import survey from './survey.json';
import surveyresult from './surveyresult.json';
import surveysample from './surveysample.json';
import upkeep from './upkeep.json';
import watch from './watch.json';

export const en = {
  common,
  account,
  actions,
  audit,
  catalogue,
  centre,
  certification,
  closing,
  declaration,
  dossier,
  draft,
  fee,
  feedback,
  file,
  handover,
  indices,
  inspection,
  intake,
  kiosk,
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
  survey,
  surveyresult,
  surveysample,
  upkeep,
  watch,
};
