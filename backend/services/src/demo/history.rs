//! Some weeks of a centre's life, replayed in order of time through the services themselves.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::{DateTime, Days, Duration, NaiveTime, Utc};
use motcua_domain::catalogue::Size;
use motcua_domain::certification::CertificationKind;
use motcua_domain::dossier::{
    Channel, Collector, Command, DecisionOutcome, DeliveryMethod, Desk, Relation, Role, SubState,
};
use motcua_domain::person::OwnerKind;
use motcua_domain::vn_time::{from_local, local_date};
use motcua_store::account as people;
use motcua_store::dossier::DossierRow;
use motcua_store::{AuthorityId, Db, SessionId, StoreError, UserId, centre};

use super::PEOPLE;
use super::names::{Citizen, Dice, citizen};
use crate::actor::{Actor, Grant};
use crate::certification::{NewCertification, Paper, certify};
use crate::clock::Clock;
use crate::context::Services;
use crate::dossier::{
    ComponentInput, Extra, IntakeMode, NewDossier, OwnerInput, SpotInput, Target, accept, act,
    take_in,
};
use crate::error::{Error, Result};
use crate::token::Keyring;

/// What people come for, most of all copies to be certified.
const COMMON: [&str; 14] = [
    "2.000815", "2.000815", "2.000815", "2.000884", "2.000635", "1.001193", "1.004873", "1.004873",
    "1.000894", "1.000656", "1.004222", "1.004194", "1.001612", "1.004859",
];
/// What is brought to be copied.
const PAPERS: [&str; 5] = [
    "Căn cước công dân",
    "Bằng tốt nghiệp trung học phổ thông",
    "Giấy khai sinh",
    "Giấy chứng nhận quyền sử dụng đất",
    "Sổ hộ khẩu (cũ)",
];
/// What is signed before the officer.
const SIGNED: [&str; 5] = [
    "Giấy ủy quyền nhận lương hưu",
    "Sơ yếu lý lịch",
    "Tờ khai cam kết tài sản riêng",
    "Giấy bảo lãnh",
    "Đơn xác nhận thông tin cá nhân",
];
/// Steps kept in one transaction: the demo is ready in seconds, not minutes.
const BATCH: usize = 250;

pub(super) struct Staff {
    pub(super) actors: Vec<Actor>,
    pub(super) authorities: Vec<AuthorityId>,
}

impl Staff {
    pub(super) fn of(&self, role: Role, authority: &AuthorityId) -> Result<&Actor> {
        self.actors
            .iter()
            .find(|a| {
                a.grants.iter().any(|g| {
                    g.role == role && g.authority_id.as_ref().is_none_or(|x| x == authority)
                })
            })
            .ok_or_else(|| Error::Internal("a demo role is not filled".into()))
    }
}

/// What may happen next, ordered by when: an arrival, or the next step of a dossier.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Arrival,
    Step(usize),
}

pub(super) fn fill(live: &Services, days: u32) -> Result<()> {
    let now = live.now();
    let start = now - Duration::days(i64::from(days));
    // A clock of our own that stands where the story is.
    let services = Services::new(
        live.store.clone(),
        Clock::starting_at(start),
        Keyring::ephemeral()?,
    );
    let staff = services.read(|db| staff(db, start))?;
    let mut dice = Dice::new(2026);
    let mut queue: BinaryHeap<Reverse<(DateTime<Utc>, u64, Event)>> = BinaryHeap::new();
    arrivals(&services, &staff, start, now, &mut dice, &mut queue)?;
    let mut story = Story {
        staff,
        dice,
        dossiers: Vec::new(),
        order: 1 << 32,
    };
    loop {
        let mut batch = Vec::new();
        while batch.len() < BATCH
            && let Some(Reverse((at, _, event))) = queue.pop()
        {
            if at < now {
                batch.push((at, event));
                // What follows from a step may come before the next one already in the queue.
                if batch.len() % 40 == 0 {
                    break;
                }
            }
        }
        if batch.is_empty() {
            return Ok(());
        }
        let mut news = Vec::new();
        services.write(|db| {
            news.clear();
            for (at, event) in &batch {
                services.clock.set(*at);
                let next = match event {
                    Event::Arrival => story.arrive(&services, db)?,
                    Event::Step(i) => story.step(&services, db, *i, *at)?,
                };
                news.extend(next);
            }
            Ok(())
        })?;
        for (at, event) in news {
            story.order += 1;
            queue.push(Reverse((at, story.order, event)));
        }
    }
}

pub(super) fn staff(db: &mut Db, at: DateTime<Utc>) -> Result<Staff> {
    let authorities: Vec<AuthorityId> = PEOPLE
        .iter()
        .filter(|p| p.role == Role::Handler)
        .map(|p| role_of(db, p.username, at).map(|g| g.authority_id))
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    let mut actors = Vec::new();
    for p in &PEOPLE {
        let grant = role_of(db, p.username, at)?;
        let row = people::user_by_name(db, p.username)?
            .ok_or_else(|| Error::Internal("a demo account is gone".into()))?;
        actors.push(Actor {
            user_id: row.id,
            session_id: SessionId::new(),
            username: row.username,
            full_name: row.full_name,
            grants: vec![grant],
            pending: None,
            scopes: None,
            stamp: motcua_store::reference::stamp(db)?,
        });
    }
    Ok(Staff {
        actors,
        authorities,
    })
}

fn role_of(db: &mut Db, username: &str, at: DateTime<Utc>) -> Result<Grant> {
    let gone = || Error::Internal("a demo account is gone".into());
    let user = people::user_by_name(db, username)?.ok_or_else(gone)?;
    let role = people::roles(
        db,
        std::slice::from_ref(&user.id),
        motcua_store::Ts::new(at),
    )?
    .pop()
    .ok_or_else(gone)?;
    Ok(Grant {
        role: Role::parse(&role.role).ok_or_else(gone)?,
        centre_id: role.centre_id,
        authority_id: role.authority_id,
        delegated_by: role.delegated_by,
    })
}

fn arrivals(
    services: &Services,
    staff: &Staff,
    start: DateTime<Utc>,
    now: DateTime<Utc>,
    dice: &mut Dice,
    queue: &mut BinaryHeap<Reverse<(DateTime<Utc>, u64, Event)>>,
) -> Result<()> {
    let centre_id = staff
        .actors
        .first()
        .and_then(|a| a.grants.first())
        .map(|g| g.centre_id.clone())
        .ok_or_else(|| Error::Internal("the demo centre has nobody".into()))?;
    let calendar = services.read(|db| services.calendar(db, &centre_id))?;
    let mut order = 0;
    let mut day = local_date(start);
    while day <= local_date(now) {
        let info = calendar.day(day)?;
        let open = info.shifts.iter().chain(&info.service_shifts);
        for shift in open {
            for _ in 0..dice.within(3, 7) {
                let minutes = (shift.to - shift.from).num_minutes().max(2);
                let offset = dice.within(1, u32::try_from(minutes).unwrap_or(2) - 1);
                let time: NaiveTime = shift.from + Duration::minutes(i64::from(offset));
                order += 1;
                queue.push(Reverse((from_local(day, time), order, Event::Arrival)));
            }
        }
        day = day
            .checked_add_days(Days::new(1))
            .ok_or_else(|| StoreError::Corrupt("the end of time".into()))?;
    }
    Ok(())
}

struct Story {
    staff: Staff,
    dice: Dice,
    dossiers: Vec<DossierRow>,
    order: u64,
}

type News = Vec<(DateTime<Utc>, Event)>;

impl Story {
    fn arrive(&mut self, services: &Services, db: &mut Db) -> Result<News> {
        let now = services.now();
        let Some(code) = self.dice.pick(&COMMON).copied() else {
            return Ok(Vec::new());
        };
        let Ok(procedure) = services.procedure_on(db, code, local_date(now)) else {
            return Ok(Vec::new());
        };
        let authority = match self.dice.pick(&self.staff.authorities) {
            Some(a) => a.clone(),
            None => return Ok(Vec::new()),
        };
        let who = citizen(&mut self.dice);
        let online = !procedure.data.flags.on_the_spot && self.dice.one_in(4);
        let signer = if procedure.data.flags.on_the_spot {
            centre::signers(db, &authority, motcua_store::Ts::new(now))?.pop()
        } else {
            None
        };
        if let (Some(kind), Some((signer, _, _))) =
            (CertificationKind::of_procedure(code), signer.clone())
        {
            return self.certified(services, db, kind, authority, signer, who);
        }
        let new = NewDossier {
            procedure_code: code.into(),
            authority_id: authority.clone(),
            channel: if online {
                Channel::Online
            } else {
                Channel::Counter
            },
            mode: IntakeMode::Accept,
            owner: owner(who),
            filer: None,
            components: procedure
                .data
                .components
                .iter()
                .filter(|c| c.required)
                .map(|c| ComponentInput {
                    component_id: c.id.clone(),
                    originals: 1,
                    certified_copies: 0,
                    photocopies: 0,
                })
                .collect(),
            copies_count: 1,
            delivery_method: if self.dice.one_in(6) {
                DeliveryMethod::Post
            } else {
                DeliveryMethod::Counter
            },
            delivery_address: None,
            visit_id: None,
            note: None,
            on_the_spot: signer.map(|(id, _, _)| SpotInput {
                signer: id,
                result_number: Some(format!("{}", self.dice.within(1, 9999))),
                summary: None,
            }),
            draft_id: None,
            draft_version: None,
            charged: Vec::new(),
        }
        .checked(now)?;
        let reception = self.staff.of(Role::Reception, &authority)?;
        let row = take_in(services, db, reception, &new)?.row;
        let i = self.dossiers.len();
        self.dossiers.push(row);
        Ok(self.soon(i, now, 20, 150))
    }

    /// Papers certified while one waits.
    fn certified(
        &mut self,
        services: &Services,
        db: &mut Db,
        kind: CertificationKind,
        authority_id: AuthorityId,
        signer: UserId,
        who: Citizen,
    ) -> Result<News> {
        let names = match kind {
            CertificationKind::Copy => PAPERS,
            CertificationKind::Signature => SIGNED,
        };
        let papers = (0..self.dice.within(1, 2))
            .map(|_| Paper {
                document_name: self.dice.pick(&names).copied().unwrap_or_default().into(),
                size: Size {
                    pages: self.dice.within(1, 4),
                    copies: match kind {
                        CertificationKind::Copy => self.dice.within(1, 5),
                        CertificationKind::Signature => 1,
                    },
                    ..Size::ONE
                },
            })
            .collect();
        let new = NewCertification {
            kind,
            authority_id,
            signer,
            requester: owner(who),
            filer: None,
            papers,
            visit_id: None,
            note: None,
        }
        .checked()?;
        let reception = self.staff.of(Role::Reception, &new.authority_id)?;
        certify(services, db, reception, &new)?;
        Ok(Vec::new())
    }

    /// The dossier's next step, some minutes on; a night or a weekend in between does not matter
    /// for a story.
    fn soon(&mut self, i: usize, now: DateTime<Utc>, low: u32, high: u32) -> News {
        let minutes = i64::from(self.dice.within(low, high));
        vec![(now + Duration::minutes(minutes), Event::Step(i))]
    }

    fn step(
        &mut self,
        services: &Services,
        db: &mut Db,
        i: usize,
        now: DateTime<Utc>,
    ) -> Result<News> {
        let Some(row) = self.dossiers.get(i).cloned() else {
            return Ok(Vec::new());
        };
        let authority = row.authority_id.clone();
        let target = Target {
            id: row.id.clone(),
            version: row.version,
        };
        let handover_open = row.open_handover_id.is_some();
        let sub_state = row.sub_state.as_deref().and_then(SubState::parse);
        let mut extra = Extra::default();
        let day = 24 * 60;
        let (role, command, low, high) = match (row.state.as_str(), sub_state, handover_open) {
            ("submitted", _, _) => {
                let reception = self.staff.of(Role::Reception, &authority)?;
                let row = if self.dice.one_in(12) {
                    let refuse = Command::Refuse {
                        reason_code: "not_competent".into(),
                        reason: "Hồ sơ không thuộc thẩm quyền giải quyết của phường.".into(),
                    };
                    act(services, db, reception, &target, &refuse, &extra)?
                } else {
                    accept(services, db, reception, &target, None, None)?
                };
                self.keep(i, row);
                return Ok(self.soon(i, now, 10, 90));
            }
            ("accepted", _, false) => {
                let to = Command::HandOver {
                    to: Desk::Handler,
                    to_user: None,
                };
                extra.pages = i32::try_from(self.dice.within(2, 12)).ok();
                (Role::Reception, to, 15, 200)
            }
            ("accepted", _, true) => (Role::Handler, received(), day / 2, 2 * day),
            ("processing", None, false) if row.timeline_seq < 5 && self.dice.one_in(9) => {
                let ask = Command::RequestSupplement {
                    items: vec!["Bản sao giấy tờ chứng minh nơi cư trú".into()],
                    reason: "Thông tin trên cơ sở dữ liệu chưa khớp với tờ khai.".into(),
                    legal_exception: None,
                };
                (Role::Handler, ask, day, 6 * day)
            }
            ("processing", None, false) if row.timeline_seq == 3 && self.dice.one_in(40) => {
                (Role::Reception, withdrawn(), 60, day)
            }
            (_, Some(SubState::WithdrawalRequested), _) => (Role::Leader, withdrawn(), 0, 0),
            ("supplement_requested", _, _) => (Role::Reception, Command::Supplement, 60, day),
            ("processing", None | Some(SubState::SupplementReceived), false) => {
                let to = Command::HandOver {
                    to: Desk::Leader,
                    to_user: None,
                };
                (Role::Handler, to, 120, 2 * day)
            }
            ("processing", Some(SubState::Decided), _) => {
                let result = Command::Results {
                    number: Some(format!("{}/UBND", self.dice.within(1, 2000))),
                    issued_on: Some(local_date(now)),
                    summary: row.procedure_name.clone(),
                };
                (Role::Handler, result, 120, 3 * day)
            }
            ("processing", _, _) => {
                let outcome = if self.dice.one_in(25) {
                    DecisionOutcome::Refuse
                } else {
                    DecisionOutcome::Grant
                };
                let reason = (outcome == DecisionOutcome::Refuse)
                    .then(|| "Không đủ điều kiện theo quy định của pháp luật.".to_owned());
                (Role::Leader, Command::Decide { outcome, reason }, 30, 600)
            }
            ("completed", _, _) => {
                let collector = Collector {
                    full_name: row.owner_name.clone(),
                    relation: Relation::Owner,
                    authorisation: None,
                };
                let method =
                    DeliveryMethod::parse(&row.delivery_method).unwrap_or(DeliveryMethod::Counter);
                extra.originals_returned = true;
                extra.collector_identity = row.owner_identity.clone();
                let back = Command::Return {
                    collector,
                    method,
                    tracking_number: None,
                };
                (Role::ResultsDesk, back, 0, 0)
            }
            _ => return Ok(Vec::new()),
        };
        // What the law wants the same day goes through in hours.
        let (low, high) = match row.limit_unit.as_deref() {
            Some("same_day") => (low.min(10), high.min(70)),
            _ => (low, high),
        };
        // A few are forgotten for a while, so that the demo has something late to show.
        if self.dice.one_in(40) {
            return Ok(self.soon(i, now, 3 * day, 9 * day));
        }
        let actor = self.staff.of(role, &authority)?;
        match act(services, db, actor, &target, &command, &extra) {
            Ok(row) => {
                let ended = row.returned_at.is_some();
                self.keep(i, row);
                if ended {
                    Ok(Vec::new())
                } else {
                    Ok(self.soon(i, now, low, high))
                }
            }
            // The law may say no (the three days for a supplement are over): the story goes on.
            Err(Error::Refused(_)) => Ok(self.soon(i, now, 30, 300)),
            Err(e) => Err(e),
        }
    }

    fn keep(&mut self, i: usize, row: DossierRow) {
        if let Some(slot) = self.dossiers.get_mut(i) {
            *slot = row;
        }
    }
}

fn owner(who: Citizen) -> OwnerInput {
    OwnerInput {
        kind: OwnerKind::Citizen,
        full_name: who.full_name,
        identity_number: Some(who.identity_number),
        birth_date: Some(who.birth_date),
        phone: Some(who.phone),
        email: None,
        address: Some(who.address),
    }
}

fn received() -> Command {
    Command::Acknowledge {
        accepted: true,
        reason: None,
    }
}

fn withdrawn() -> Command {
    Command::Withdraw {
        reason: "Công dân không còn nhu cầu giải quyết.".into(),
        declined: false,
    }
}
