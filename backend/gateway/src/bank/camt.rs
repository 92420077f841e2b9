//! Statements in ISO 20022 `camt.053`, whichever of its versions: the elements are found by their names.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use motcua_domain::fee::notice::shown;
use motcua_domain::fee::statement::{Movement, StatementLine, amount_of, reference_of};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::from_local;
use roxmltree::{Document, Node, ParsingOptions};

/// Nodes of a document that are read: some 100,000 entries.
const MOST_NODES: u32 = 8_000_000;

fn unreadable() -> Refusal {
    Refusal::new(
        "statement_unreadable",
        "Tệp không phải sao kê camt.053 đọc được.",
        "The file is no camt.053 statement that can be read.",
    )
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|c| c.tag_name().name() == name)
}

fn inside<'a, 'i>(node: Node<'a, 'i>, path: &[&str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |at, name| child(at, name))
}

fn text<'a>(node: Node<'a, '_>, path: &[&str]) -> Option<&'a str> {
    inside(node, path)?
        .text()
        .map(str::trim)
        .filter(|t| !t.is_empty())
}

/// An ISO amount: whole đồng, with a point before what must be nothing.
fn amount(text: &str) -> Result<i64, &'static str> {
    match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|b| b == b'0') => amount_of(whole),
        Some((_, fraction)) if fraction.bytes().all(|b| b.is_ascii_digit()) => {
            Err("amount_fractional")
        }
        Some(_) => Err("amount_unreadable"),
        None => amount_of(text),
    }
}

fn booked(entry: Node<'_, '_>) -> Option<DateTime<Utc>> {
    ["BookgDt", "ValDt"].into_iter().find_map(|name| {
        let at = child(entry, name)?;
        if let Some(instant) = text(at, &["DtTm"]) {
            let exact = DateTime::parse_from_rfc3339(instant).ok();
            // Without a zone it is the bank's own time.
            return exact.map(|e| e.to_utc()).or_else(|| {
                let naive = instant.parse::<chrono::NaiveDateTime>().ok()?;
                Some(from_local(naive.date(), naive.time()))
            });
        }
        let day: NaiveDate = text(at, &["Dt"])?.get(..10)?.parse().ok()?;
        Some(from_local(day, NaiveTime::MIN))
    })
}

fn line(entry: Node<'_, '_>, source: &str) -> StatementLine {
    let bad = |why| {
        let written = source.get(entry.range()).unwrap_or_default();
        StatementLine::unreadable(written, why)
    };
    let Some(paid) = child(entry, "Amt") else {
        return bad("amount_unreadable");
    };
    if paid.attribute("Ccy") != Some("VND") {
        return bad("currency_not_vnd");
    }
    let size = match amount(paid.text().unwrap_or_default().trim()) {
        Ok(0) => return bad("amount_unreadable"),
        Ok(size) => size.abs(),
        Err(why) => return bad(why),
    };
    let amount_vnd = match text(entry, &["CdtDbtInd"]) {
        Some("CRDT") => size,
        Some("DBIT") => -size,
        _ => return bad("amount_unreadable"),
    };
    let Some(booked_at) = booked(entry) else {
        return bad("date_unreadable");
    };
    let details = inside(entry, &["NtryDtls", "TxDtls"]);
    let of_details = |path: &[&str]| details.and_then(|d| text(d, path));
    let reference = text(entry, &["AcctSvcrRef"])
        .or_else(|| of_details(&["Refs", "AcctSvcrRef"]))
        .or_else(|| of_details(&["Refs", "TxId"]))
        .or_else(|| text(entry, &["NtryRef"]));
    let Some(reference) = reference.and_then(reference_of) else {
        return bad("reference_unreadable");
    };
    let said: Vec<&str> = details
        .and_then(|d| child(d, "RmtInf"))
        .map(|r| {
            r.children()
                .filter(|c| c.tag_name().name() == "Ustrd")
                .filter_map(|c| c.text())
                .collect()
        })
        .unwrap_or_default();
    let description = if said.is_empty() {
        of_details(&["AddtlTxInf"])
            .or_else(|| text(entry, &["AddtlNtryInf"]))
            .unwrap_or_default()
            .to_owned()
    } else {
        said.join(" ")
    };
    let payer = of_details(&["RltdPties", "Dbtr", "Nm"])
        .or_else(|| of_details(&["RltdPties", "Dbtr", "Pty", "Nm"]));
    let account = of_details(&["RltdPties", "DbtrAcct", "Id", "Othr", "Id"])
        .or_else(|| of_details(&["RltdPties", "DbtrAcct", "Id", "IBAN"]));
    StatementLine::Movement(Movement {
        booked_at,
        amount_vnd,
        reference,
        description: shown(&description, 500),
        payer_name: payer.map(|p| shown(p, 150)),
        payer_account: account.map(|a| shown(a, 34)),
    })
}

/// The entries of a statement of this account, in order.
///
/// # Errors
/// `statement_unreadable`, `statement_of_another_account`.
pub fn read_camt053(source: &str, account_number: &str) -> Result<Vec<StatementLine>, Refusal> {
    let options = ParsingOptions {
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(source, options).map_err(|_| unreadable())?;
    let body = child(document.root_element(), "BkToCstmrStmt").ok_or_else(unreadable)?;
    let mut lines = Vec::new();
    let mut seen = false;
    for statement in body.children().filter(|c| c.tag_name().name() == "Stmt") {
        let number = text(statement, &["Acct", "Id", "Othr", "Id"])
            .or_else(|| text(statement, &["Acct", "Id", "IBAN"]))
            .ok_or_else(unreadable)?;
        if number != account_number {
            return Err(Refusal::new(
                "statement_of_another_account",
                "Sao kê này của tài khoản khác.",
                "The statement is another account's.",
            ));
        }
        seen = true;
        lines.extend(
            statement
                .children()
                .filter(|c| c.tag_name().name() == "Ntry")
                .map(|entry| line(entry, source)),
        );
    }
    if seen { Ok(lines) } else { Err(unreadable()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(entries: &str) -> String {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>
<Stmt><Id>1</Id><Acct><Id><Othr><Id>9990000101</Id></Othr></Id></Acct>{entries}</Stmt></BkToCstmrStmt></Document>"#
        )
    }

    fn entry(amount: &str, currency: &str, way: &str) -> String {
        format!(
            r#"<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><BookgDt><Dt>2026-11-29</Dt></BookgDt>
<AcctSvcrRef>FT1</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>TRAN &amp; BINH</Nm></Pty></Dbtr>
<DbtrAcct><Id><Othr><Id>0987</Id></Othr></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>MC2611290000142</Ustrd><Ustrd>nop</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"#
        )
    }

    #[test]
    fn entries_are_read_with_who_paid_and_why() {
        let lines =
            read_camt053(&statement(&entry("8000.00", "VND", "CRDT")), "9990000101").unwrap();
        let [StatementLine::Movement(m)] = lines.as_slice() else {
            panic!("one movement: {lines:?}");
        };
        assert_eq!((m.amount_vnd, m.reference.as_str()), (8_000, "FT1"));
        assert_eq!(m.description, "MC2611290000142 nop");
        assert_eq!(m.payer_name.as_deref(), Some("TRAN & BINH"));
        assert_eq!(m.payer_account.as_deref(), Some("0987"));
        assert_eq!(m.booked_at.to_rfc3339(), "2026-11-28T17:00:00+00:00");
    }

    #[test]
    fn what_cannot_be_right_is_listed_with_why() {
        let all = [
            entry("8000.50", "VND", "CRDT"),
            entry("8000", "USD", "CRDT"),
            entry("8000", "VND", "X"),
            entry("0", "VND", "CRDT"),
            "<Ntry/>".to_owned(),
            entry("1000", "VND", "DBIT"),
        ];
        let lines = read_camt053(&statement(&all.concat()), "9990000101").unwrap();
        let said: Vec<&str> = lines
            .iter()
            .map(|l| match l {
                StatementLine::Movement(m) if m.amount_vnd < 0 => "out",
                StatementLine::Movement(_) => "in",
                StatementLine::Unreadable { why, .. } => why,
            })
            .collect();
        assert_eq!(
            said,
            [
                "amount_fractional",
                "currency_not_vnd",
                "amount_unreadable",
                "amount_unreadable",
                "amount_unreadable",
                "out"
            ]
        );
    }

    #[test]
    fn another_account_another_document_and_entities_are_refused() {
        let fine = statement(&entry("1", "VND", "CRDT"));
        assert_eq!(
            read_camt053(&fine, "1").unwrap_err().code,
            "statement_of_another_account"
        );
        let bomb = r#"<!DOCTYPE a [<!ENTITY b "x">]><Document><BkToCstmrStmt/></Document>"#;
        for junk in [
            "",
            "{",
            "<a/>",
            "<Document><BkToCstmrStmt/></Document>",
            bomb,
        ] {
            assert_eq!(
                read_camt053(junk, "1").unwrap_err().code,
                "statement_unreadable"
            );
        }
    }
}
