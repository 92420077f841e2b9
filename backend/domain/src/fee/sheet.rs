//! A day's and a month's sheet of one authority: what was to be paid, what was let off, what came in by
//! which way, what was taken back, and what went on (DOMAIN §7.2, §7.3).

use serde::{Deserialize, Serialize};

use super::MoneyKind;
use super::ledger::{Account, EntryKind, Sort};

/// What a sheet says of one sort of money, in đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetSums {
    /// What was assessed, before anything was let off; less what was assessed wrongly or ended unpaid.
    pub assessed_vnd: i64,
    /// What of it was let off.
    pub waived_vnd: i64,
    /// Collected by a cashier's word as transferred.
    pub transfer_vnd: i64,
    /// Collected at a card terminal.
    pub card_vnd: i64,
    /// Collected in cash.
    pub cash_vnd: i64,
    /// Paid over the payment platform.
    #[serde(default)]
    pub online_vnd: i64,
    /// Collected as the bank told.
    pub bank_vnd: i64,
    /// Collections that were taken back.
    pub voided_vnd: i64,
    /// What of collections went back to who paid.
    #[serde(default)]
    pub returned_vnd: i64,
    /// What went on to the State Treasury.
    pub handed_over_vnd: i64,
}

impl SheetSums {
    /// What was collected, less what was taken back or went back.
    #[must_use]
    pub const fn collected_vnd(&self) -> i64 {
        self.transfer_vnd + self.card_vnd + self.cash_vnd + self.online_vnd + self.bank_vnd
            - self.voided_vnd
            - self.returned_vnd
    }
}

/// A part of a sheet: a day, a month, an authority, or all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetPart {
    /// Phí.
    pub phi: SheetSums,
    /// Lệ phí.
    pub le_phi: SheetSums,
    /// What came to the bank, whatever it pays.
    pub received_vnd: i64,
    /// What went back.
    pub refunded_vnd: i64,
    /// Collections without cash, and in cash, taken back ones among them.
    pub cashless_payments: i64,
    /// Collections in cash.
    pub cash_payments: i64,
}

/// What kind of entry moved money, as sheets see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetEntry {
    /// An entry of this kind.
    Of(EntryKind),
    /// One that takes back a placement or a transfer to the State Treasury.
    Undone,
}

impl SheetPart {
    /// What is said of a sort of money.
    #[must_use]
    pub const fn of(&self, kind: MoneyKind) -> &SheetSums {
        match kind {
            MoneyKind::Fee => &self.phi,
            MoneyKind::Charge => &self.le_phi,
        }
    }

    /// Adds what entries of a kind moved on an account: a debit is positive, a credit negative.
    pub fn add(&mut self, entry: SheetEntry, account: Account, sort: Sort, amount_vnd: i64) {
        use EntryKind as K;
        let sums = match sort {
            Sort::Fee => &mut self.phi,
            Sort::Charge => &mut self.le_phi,
            Sort::Unsorted => {
                if account == Account::Bank {
                    match entry {
                        SheetEntry::Of(K::Received) => self.received_vnd += amount_vnd,
                        SheetEntry::Of(K::Refunded) => self.refunded_vnd -= amount_vnd,
                        _ => {}
                    }
                }
                return;
            }
        };
        match (entry, account) {
            (_, Account::Assessed) => sums.assessed_vnd -= amount_vnd,
            (_, Account::Waived) => sums.waived_vnd += amount_vnd,
            (_, Account::Treasury) => sums.handed_over_vnd += amount_vnd,
            (SheetEntry::Of(K::Paid), Account::Transfer) => sums.transfer_vnd += amount_vnd,
            (SheetEntry::Of(K::Paid), Account::Card) => sums.card_vnd += amount_vnd,
            (SheetEntry::Of(K::Paid), Account::Cash) => sums.cash_vnd += amount_vnd,
            (SheetEntry::Of(K::Paid), Account::Platform) => sums.online_vnd += amount_vnd,
            (SheetEntry::Of(K::Paid), Account::Bank) => sums.bank_vnd += amount_vnd,
            (
                SheetEntry::Of(K::Reversed),
                Account::Transfer
                | Account::Card
                | Account::Cash
                | Account::Platform
                | Account::Bank,
            ) => sums.voided_vnd -= amount_vnd,
            (SheetEntry::Of(K::Refunded), Account::Bank) => sums.returned_vnd -= amount_vnd,
            // A word that became the bank's was collected once.
            _ => {}
        }
    }

    /// Adds how many collections came in on an account.
    pub const fn count(&mut self, account: Account, payments: i64) {
        if matches!(account, Account::Cash) {
            self.cash_payments += payments;
        } else {
            self.cashless_payments += payments;
        }
    }

    /// Adds another part.
    pub fn join(&mut self, other: &Self) {
        for (sums, more) in [
            (&mut self.phi, &other.phi),
            (&mut self.le_phi, &other.le_phi),
        ] {
            sums.assessed_vnd += more.assessed_vnd;
            sums.waived_vnd += more.waived_vnd;
            sums.transfer_vnd += more.transfer_vnd;
            sums.card_vnd += more.card_vnd;
            sums.cash_vnd += more.cash_vnd;
            sums.online_vnd += more.online_vnd;
            sums.bank_vnd += more.bank_vnd;
            sums.voided_vnd += more.voided_vnd;
            sums.returned_vnd += more.returned_vnd;
            sums.handed_over_vnd += more.handed_over_vnd;
        }
        self.received_vnd += other.received_vnd;
        self.refunded_vnd += other.refunded_vnd;
        self.cashless_payments += other.cashless_payments;
        self.cash_payments += other.cash_payments;
    }

    /// What was collected in all, less what was taken back or went back.
    #[must_use]
    pub const fn collected_vnd(&self) -> i64 {
        self.phi.collected_vnd() + self.le_phi.collected_vnd()
    }

    /// Of a hundred collections so many came without cash, rounded down to a tenth, in tenths: 1,000 is
    /// all. None where nothing was collected.
    #[must_use]
    pub const fn cashless_permille(&self) -> Option<i64> {
        let all = self.cashless_payments + self.cash_payments;
        if all == 0 {
            return None;
        }
        Some(self.cashless_payments * 1_000 / all)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ledger::{
        PaymentMethod, Posting, handed_over, paid, paid_from_received, placed, received, refunded,
        returned, reversed,
    };
    use super::*;

    fn owes(phi: i64, le_phi: i64) -> Vec<Posting> {
        [
            (Account::Receivable, Sort::Fee, phi),
            (Account::Waived, Sort::Fee, 1_000),
            (Account::Assessed, Sort::Fee, -phi - 1_000),
            (Account::Receivable, Sort::Charge, le_phi),
            (Account::Assessed, Sort::Charge, -le_phi),
        ]
        .map(|(account, sort, amount_vnd)| Posting {
            account,
            sort,
            amount_vnd,
        })
        .to_vec()
    }

    fn add(part: &mut SheetPart, kind: EntryKind, moved: &[Posting]) {
        for p in moved {
            part.add(SheetEntry::Of(kind), p.account, p.sort, p.amount_vnd);
        }
    }

    #[test]
    fn a_word_that_the_bank_confirms_is_collected_once_and_what_is_taken_back_is_not() {
        let mut part = SheetPart::default();
        let assessed = owes(50_000, 8_000);
        let one = std::slice::from_ref(&assessed);
        add(&mut part, EntryKind::Assessed, &assessed);
        let card = paid(one, PaymentMethod::Card);
        add(&mut part, EntryKind::Paid, &card);
        add(&mut part, EntryKind::Reversed, &reversed(&card));
        let word = paid(one, PaymentMethod::Transfer);
        add(&mut part, EntryKind::Paid, &word);
        add(&mut part, EntryKind::Received, &received(58_000));
        add(
            &mut part,
            EntryKind::Placed,
            &placed(std::slice::from_ref(&word)),
        );
        add(
            &mut part,
            EntryKind::HandedOver,
            &handed_over(20_000, 8_000),
        );
        add(&mut part, EntryKind::Refunded, &refunded(3_000));
        assert_eq!(
            (part.phi.assessed_vnd, part.phi.waived_vnd),
            (51_000, 1_000)
        );
        assert_eq!((part.phi.card_vnd, part.phi.voided_vnd), (50_000, 50_000));
        assert_eq!(
            (part.phi.collected_vnd(), part.le_phi.collected_vnd()),
            (50_000, 8_000)
        );
        assert_eq!((part.received_vnd, part.refunded_vnd), (58_000, 3_000));
        assert_eq!(
            (part.phi.handed_over_vnd, part.le_phi.handed_over_vnd),
            (20_000, 8_000)
        );
        // What comes through the bank alone is collected when it is sorted.
        let mut by_bank = SheetPart::default();
        add(&mut by_bank, EntryKind::Received, &received(58_000));
        add(&mut by_bank, EntryKind::Paid, &paid_from_received(one));
        assert_eq!(
            (
                by_bank.phi.bank_vnd,
                by_bank.le_phi.bank_vnd,
                by_bank.collected_vnd()
            ),
            (50_000, 8_000, 58_000)
        );
    }

    #[test]
    fn what_went_back_to_who_paid_is_neither_to_be_paid_nor_collected() {
        let mut part = SheetPart::default();
        let assessed = owes(50_000, 8_000);
        add(&mut part, EntryKind::Assessed, &assessed);
        let online = paid(std::slice::from_ref(&assessed), PaymentMethod::Online);
        add(&mut part, EntryKind::Paid, &online);
        assert_eq!(
            (part.phi.online_vnd, part.le_phi.online_vnd),
            (50_000, 8_000)
        );
        let back = returned(MoneyKind::Charge, 3_000);
        add(&mut part, EntryKind::Refunded, &back);
        assert_eq!(
            (part.le_phi.assessed_vnd, part.le_phi.returned_vnd),
            (5_000, 3_000)
        );
        assert_eq!(part.collected_vnd(), 55_000);
        // That it went back is no money that nobody knew whose it was.
        assert_eq!(part.refunded_vnd, 0);
    }

    #[test]
    fn the_share_without_cash_is_never_rounded_up_and_of_nothing_there_is_none() {
        let mut part = SheetPart::default();
        assert_eq!(part.cashless_permille(), None);
        part.count(Account::Card, 1_999);
        part.count(Account::Cash, 1);
        assert_eq!(part.cashless_permille(), Some(999));
    }
}
