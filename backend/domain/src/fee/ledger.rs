//! The ledger of fees: double entry, only ever added to. A debit is positive, a credit negative; every
//! entry is nought in sum, for phí, for lệ phí and for what is not sorted yet apart. What was wrong is
//! taken back by an entry of its own, by someone else than its author.

use serde::{Deserialize, Serialize};

use super::{Assessment, MoneyKind};
use crate::words::words;

words! {
    /// What money is held against.
    Account {
        /// What payers still owe.
        Receivable => "receivable",
        /// What the law lets them keep: exemptions and reductions.
        Waived => "waived",
        /// What was assessed in all.
        Assessed => "assessed",
        /// What a cashier says was transferred: the bank has not said so yet.
        Transfer => "transfer",
        /// What came through a card terminal: the bank has not said so yet.
        Card => "card",
        /// What a cashier took as cash and has not paid in yet.
        Cash => "cash",
        /// What the payment platform says was paid: the bank has not said so yet.
        Platform => "platform",
        /// What the bank says came to the authority's account.
        Bank => "bank",
        /// What came to the bank and is nobody's payment: not all of it came, too much did, or whose it
        /// is is not known.
        Suspense => "suspense",
        /// What went on to the State Treasury.
        Treasury => "treasury",
    }
}

words! {
    /// What sort of money is moved.
    Sort {
        /// Phí.
        Fee => "phi",
        /// Lệ phí.
        Charge => "le_phi",
        /// Money that came, before it is known what it pays.
        Unsorted => "unsorted",
    }
}

impl From<MoneyKind> for Sort {
    fn from(kind: MoneyKind) -> Self {
        match kind {
            MoneyKind::Fee => Self::Fee,
            MoneyKind::Charge => Self::Charge,
        }
    }
}

words! {
    /// What an entry says.
    EntryKind {
        /// What a dossier costs became known.
        Assessed => "assessed",
        /// What an earlier entry said was wrong: an assessment, or that something was collected.
        Reversed => "reversed",
        /// The dossier ended before anything was paid.
        Cancelled => "cancelled",
        /// It was paid.
        Paid => "paid",
        /// Money came to an account, as the bank says.
        Received => "received",
        /// Money went back to whom it came from.
        Refunded => "refunded",
        /// What a cashier said was collected is what the bank says came.
        Placed => "placed",
        /// Money went on to the State Treasury.
        HandedOver => "handed_over",
    }
}

words! {
    /// How something is paid.
    PaymentMethod {
        /// To the authority's account, by VietQR or otherwise.
        Transfer => "transfer",
        /// At a card terminal.
        Card => "card",
        /// In cash, where the centre takes any.
        Cash => "cash",
        /// Over the payment platform, as that says.
        Online => "online",
    }
}

impl PaymentMethod {
    /// The account it comes to.
    #[must_use]
    pub const fn account(self) -> Account {
        match self {
            Self::Transfer => Account::Transfer,
            Self::Card => Account::Card,
            Self::Cash => Account::Cash,
            Self::Online => Account::Platform,
        }
    }
}

/// What an entry moves on one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Which.
    pub account: Account,
    /// Phí, lệ phí, or not sorted yet.
    pub sort: Sort,
    /// Đồng, never 0.
    pub amount_vnd: i64,
}

/// What an assessment moves; nothing for what costs nothing.
#[must_use]
pub fn assessed(assessment: &Assessment) -> Vec<Posting> {
    let mut moved = Vec::new();
    for kind in MoneyKind::ALL.iter().copied() {
        let lines = || assessment.lines.iter().filter(move |l| l.kind == kind);
        let net: i64 = lines().filter_map(|l| l.net_vnd).sum();
        let waived: i64 = lines().map(|l| l.waived_vnd).sum();
        let sort = Sort::from(kind);
        put(&mut moved, Account::Receivable, sort, net);
        put(&mut moved, Account::Waived, sort, waived);
        put(&mut moved, Account::Assessed, sort, -(net + waived));
    }
    moved
}

/// What paying all that is owed moves, by a cashier's word.
#[must_use]
pub fn paid(entries: &[Vec<Posting>], method: PaymentMethod) -> Vec<Posting> {
    sorted(entries, method.account())
}

/// What money moves that came to an account.
#[must_use]
pub fn received(amount_vnd: i64) -> Vec<Posting> {
    let mut moved = Vec::new();
    put(&mut moved, Account::Bank, Sort::Unsorted, amount_vnd);
    put(&mut moved, Account::Suspense, Sort::Unsorted, -amount_vnd);
    moved
}

/// What money moves that goes back.
#[must_use]
pub fn refunded(amount_vnd: i64) -> Vec<Posting> {
    reversed(&received(amount_vnd))
}

/// What it moves that some of what was collected goes back to who paid it: that much was neither to be
/// paid nor is there any more.
#[must_use]
pub fn returned(kind: MoneyKind, amount_vnd: i64) -> Vec<Posting> {
    let (sort, mut moved) = (Sort::from(kind), Vec::new());
    put(&mut moved, Account::Assessed, sort, amount_vnd);
    put(&mut moved, Account::Bank, sort, -amount_vnd);
    moved
}

/// What paying all that is owed moves out of money that came to the account before.
#[must_use]
pub fn paid_from_received(entries: &[Vec<Posting>]) -> Vec<Posting> {
    let owed = owed(entries);
    let mut moved = Vec::new();
    put(&mut moved, Account::Suspense, Sort::Unsorted, owed);
    put(&mut moved, Account::Bank, Sort::Unsorted, -owed);
    moved.extend(sorted(entries, Account::Bank));
    moved
}

impl Account {
    /// Whether it holds what was collected by the word of a cashier or of the payment platform, until the
    /// bank says so too.
    #[must_use]
    pub const fn is_word(self) -> bool {
        matches!(
            self,
            Self::Transfer | Self::Card | Self::Cash | Self::Platform
        )
    }
}

/// What collections moved that stand by a cashier's word, in đồng.
#[must_use]
pub fn by_word(collections: &[Vec<Posting>]) -> i64 {
    let by_word = collections.iter().flatten().filter(|p| p.account.is_word());
    by_word.map(|p| p.amount_vnd).sum()
}

/// What it moves that collections by a cashier's word are money that came to the bank, of the same sum.
#[must_use]
pub fn placed(collections: &[Vec<Posting>]) -> Vec<Posting> {
    let mut moved = Vec::new();
    let all = by_word(collections);
    put(&mut moved, Account::Suspense, Sort::Unsorted, all);
    put(&mut moved, Account::Bank, Sort::Unsorted, -all);
    for account in Account::ALL.iter().copied().filter(|a| a.is_word()) {
        for sort in Sort::ALL.iter().copied() {
            let stands = balance(collections, account, sort);
            put(&mut moved, Account::Bank, sort, stands);
            put(&mut moved, account, sort, -stands);
        }
    }
    moved
}

/// What money moves that goes on to the State Treasury.
#[must_use]
pub fn handed_over(phi_vnd: i64, le_phi_vnd: i64) -> Vec<Posting> {
    let mut moved = Vec::new();
    for (sort, amount) in [(Sort::Fee, phi_vnd), (Sort::Charge, le_phi_vnd)] {
        put(&mut moved, Account::Treasury, sort, amount);
        put(&mut moved, Account::Bank, sort, -amount);
    }
    moved
}

/// All that is owed comes to an account, phí and lệ phí apart.
fn sorted(entries: &[Vec<Posting>], account: Account) -> Vec<Posting> {
    let mut moved = Vec::new();
    for sort in Sort::ALL.iter().copied() {
        let owed = balance(entries, Account::Receivable, sort);
        put(&mut moved, account, sort, owed);
        put(&mut moved, Account::Receivable, sort, -owed);
    }
    moved
}

/// What takes an entry back.
#[must_use]
pub fn reversed(entry: &[Posting]) -> Vec<Posting> {
    entry
        .iter()
        .map(|p| Posting {
            amount_vnd: -p.amount_vnd,
            ..*p
        })
        .collect()
}

/// What stands on an account after these entries.
#[must_use]
pub fn balance(entries: &[Vec<Posting>], account: Account, sort: Sort) -> i64 {
    entries
        .iter()
        .flatten()
        .filter(|p| p.account == account && p.sort == sort)
        .map(|p| p.amount_vnd)
        .sum()
}

/// What is still owed after these entries, phí and lệ phí together.
#[must_use]
pub fn owed(entries: &[Vec<Posting>]) -> i64 {
    Sort::ALL
        .iter()
        .map(|sort| balance(entries, Account::Receivable, *sort))
        .sum()
}

/// Whether debits equal credits, for each sort of money apart.
#[must_use]
pub fn balanced(entry: &[Posting]) -> bool {
    Sort::ALL.iter().all(|sort| {
        entry
            .iter()
            .filter(|p| p.sort == *sort)
            .map(|p| i128::from(p.amount_vnd))
            .sum::<i128>()
            == 0
    })
}

fn put(moved: &mut Vec<Posting>, account: Account, sort: Sort, amount_vnd: i64) {
    if amount_vnd != 0 {
        moved.push(Posting {
            account,
            sort,
            amount_vnd,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::Line;
    use super::*;
    use crate::fee::FeeDue;
    use crate::fee::receipt::to_receipt;
    use proptest::prelude::*;

    fn of(lines: &[(MoneyKind, i64, i64)]) -> Assessment {
        Assessment {
            lines: lines
                .iter()
                .map(|(kind, gross, waived)| Line {
                    line_id: "x".into(),
                    kind: *kind,
                    name: String::new(),
                    text: String::new(),
                    legal_basis: None,
                    due: FeeDue::AtCollection,
                    gross_vnd: Some(*gross),
                    waived_vnd: *waived,
                    net_vnd: Some(gross - waived),
                    waiver: None,
                    explanation: Vec::new(),
                })
                .collect(),
            gross_vnd: lines.iter().map(|l| l.1).sum(),
            waived_vnd: lines.iter().map(|l| l.2).sum(),
            net_vnd: lines.iter().map(|l| l.1 - l.2).sum(),
            complete: true,
        }
    }

    #[derive(Debug, Clone)]
    enum Step {
        Assess(Vec<(MoneyKind, i64, i64)>),
        Pay(PaymentMethod),
        Receive(i64),
        Refund,
        Void,
        Place,
        HandOver(i64),
        Return(MoneyKind, i64),
        Cancel,
    }

    fn lines() -> impl Strategy<Value = Vec<(MoneyKind, i64, i64)>> {
        let line = (any::<bool>(), 0..=1_000_000_000_i64, 0..=100_i64).prop_map(
            |(fee, gross, percent)| {
                let kind = if fee {
                    MoneyKind::Fee
                } else {
                    MoneyKind::Charge
                };
                (kind, gross, gross * percent / 100)
            },
        );
        prop::collection::vec(line, 0..5)
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            3 => lines().prop_map(Step::Assess),
            1 => Just(Step::Pay(PaymentMethod::Transfer)),
            1 => Just(Step::Pay(PaymentMethod::Card)),
            1 => Just(Step::Pay(PaymentMethod::Cash)),
            1 => Just(Step::Pay(PaymentMethod::Online)),
            2 => Just(Step::Place),
            1 => (0..=100_i64).prop_map(Step::HandOver),
            1 => (any::<bool>(), 1..=100_i64).prop_map(|(fee, percent)| {
                Step::Return(if fee { MoneyKind::Fee } else { MoneyKind::Charge }, percent)
            }),
            3 => (1..=2_000_000_000_i64).prop_map(Step::Receive),
            1 => Just(Step::Refund),
            2 => Just(Step::Void),
            1 => Just(Step::Cancel),
        ]
    }

    proptest! {
        #[test]
        fn whatever_happens_debits_equal_credits_and_nothing_is_owed_twice(steps in prop::collection::vec(step(), 0..20)) {
            let mut ledger: Vec<Vec<Posting>> = Vec::new();
            let (mut open, mut came, mut held) = (None::<usize>, 0_i64, 0_i64);
            // The collection that can still be taken back, with the assessment it paid.
            let mut collected = None::<(usize, usize)>;
            // Collections that no bank has told of.
            let mut unbanked: Vec<usize> = Vec::new();
            let mut handed = 0_i64;
            // Receipts that hold, by the entry that they were given for.
            let mut receipts: Vec<(usize, i64)> = Vec::new();
            for step in steps {
                let net = match step {
                    Step::Assess(lines) => {
                        if let Some(at) = open.take() {
                            let back = reversed(&ledger[at]);
                            ledger.push(back);
                        }
                        collected = None;
                        let a = of(&lines);
                        ledger.push(assessed(&a));
                        open = Some(ledger.len() - 1);
                        a.net_vnd
                    }
                    Step::Pay(method) => {
                        let moved = paid(&ledger, method);
                        came += owed(&ledger);
                        receipts.extend(to_receipt(&moved).iter().map(|(_, vnd)| (ledger.len(), *vnd)));
                        // What was paid is not assessed anew.
                        collected = open.take().map(|at| (ledger.len(), at)).or(collected);
                        if !moved.is_empty() {
                            unbanked.push(ledger.len());
                        }
                        ledger.push(moved);
                        0
                    }
                    Step::Void => {
                        if let Some((paid, assessed)) = collected.take() {
                            let back = reversed(&ledger[paid]);
                            came += owed(std::slice::from_ref(&ledger[paid]));
                            ledger.push(back);
                            receipts.retain(|(of, _)| *of != paid);
                            unbanked.retain(|of| *of != paid);
                            open = Some(assessed);
                        }
                        owed(&ledger)
                    }
                    Step::Receive(amount) => {
                        ledger.push(received(amount));
                        came += amount;
                        held += amount;
                        let wanted = owed(&ledger);
                        if open.is_some() && held >= wanted {
                            held -= wanted;
                            let moved = paid_from_received(&ledger);
                            receipts.extend(to_receipt(&moved).iter().map(|(_, vnd)| (ledger.len(), *vnd)));
                            ledger.push(moved);
                            // What the bank says came is no mistake of a cashier.
                            (open, collected) = (None, None);
                        }
                        owed(&ledger)
                    }
                    Step::Place => {
                        let before = owed(&ledger);
                        let words: Vec<_> = unbanked.drain(..).map(|at| ledger[at].clone()).collect();
                        // The bank tells of that much, and it is nobody's until it is placed.
                        ledger.push(received(by_word(&words)));
                        ledger.push(placed(&words));
                        // What the bank says came is taken back no more.
                        collected = None;
                        before
                    }
                    Step::HandOver(percent) => {
                        let stands = |sort| balance(&ledger, Account::Bank, sort) * percent / 100;
                        let moved = handed_over(stands(Sort::Fee), stands(Sort::Charge));
                        handed += moved.iter().filter(|p| p.account == Account::Treasury).map(|p| p.amount_vnd).sum::<i64>();
                        ledger.push(moved);
                        owed(&ledger)
                    }
                    Step::Return(kind, percent) => {
                        let back = balance(&ledger, Account::Bank, Sort::from(kind)) * percent / 100;
                        // A document of its own, less than nought, as every other in its series.
                        receipts.push((ledger.len(), -back));
                        ledger.push(returned(kind, back));
                        came -= back;
                        owed(&ledger)
                    }
                    Step::Refund => {
                        ledger.push(refunded(held));
                        came -= held;
                        held = 0;
                        owed(&ledger)
                    }
                    Step::Cancel => {
                        if let Some(at) = open.take() {
                            let back = reversed(&ledger[at]);
                            ledger.push(back);
                        }
                        0
                    }
                };
                prop_assert!(ledger.iter().all(|entry| balanced(entry)));
                prop_assert_eq!(owed(&ledger), net);
                let on = |account| Sort::ALL.iter().map(|s| balance(&ledger, account, *s)).sum::<i64>();
                let words: i64 = Account::ALL.iter().copied().filter(|a| a.is_word()).map(on).sum();
                prop_assert_eq!(words + on(Account::Bank) + on(Account::Treasury), came);
                prop_assert_eq!(words, unbanked.iter().map(|at| by_word(std::slice::from_ref(&ledger[*at]))).sum::<i64>());
                prop_assert_eq!(on(Account::Treasury), handed);
                prop_assert_eq!(on(Account::Suspense), -held);
                prop_assert_eq!(balance(&ledger, Account::Bank, Sort::Unsorted), held);
                let given: i64 = receipts.iter().map(|(_, vnd)| vnd).sum();
                prop_assert_eq!(given, came - held);
            }
        }
    }
}
