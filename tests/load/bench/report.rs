//! What `make bench` found, as the page `docs/performance.md`.

use std::fmt::Write as _;

use motcua_domain::vn_time::to_vn;

use crate::machine;
use crate::measure::{Comparison, Plan};

/// One line of the table.
pub struct Line {
    /// What was measured.
    pub what: &'static str,
    /// On which database.
    pub database: &'static str,
    /// The least ratio that DESIGN asks for.
    pub target: f64,
    /// Whether the measure is a program of its own, whose processor time can be told from the client's.
    pub beside: bool,
    /// What was found.
    pub found: Comparison,
}

/// Memory of the server on one database, in MiB.
pub struct Memory {
    /// On which database.
    pub database: &'static str,
    /// Started and not yet asked.
    pub idle: f64,
    /// After all the load of this run.
    pub loaded: f64,
}

/// What memory the idle server may hold, in MiB.
const MEMORY_TARGET: f64 = 64.0;

/// Everything that was found.
pub struct Report {
    /// How it was measured.
    pub plan: Plan,
    /// Kept-open connections of the client.
    pub connections: usize,
    /// Dossiers in each database.
    pub dossiers: usize,
    /// The table.
    pub lines: Vec<Line>,
    /// Memory.
    pub memory: Vec<Memory>,
}

fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "**missed**" }
}

impl Report {
    /// The page.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let today = std::time::SystemTime::now();
        let today = to_vn(today.into()).format("%Y-%m-%d");
        writeln!(
            out,
            "# Performance\n\n\
             This page is written by `make bench` (`tests/load`); edit the program, not the page.\n\n\
             Measured on {today}, {}, client and servers on the same machine, {} dossiers in each \
             database, {} kept-open connections.\n",
            machine::processor(),
            self.dossiers,
            self.connections,
        )?;
        writeln!(
            out,
            "The claim is the **ratio**: motcua against the least program that can do the same work \
             (`tests/load/yardstick`: actix, diesel, the same rows, the same JSON; no signing in, no \
             rules, no audit, no headers), or, for an intake, against the same SQL issued directly to \
             the same database. Rates and times are there for the reader; they belong to this machine.\n"
        )?;
        self.table(out)?;
        self.memory(out)?;
        self.method(out)
    }

    fn table(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "| what | database | ratio (least – greatest) | at least | | motcua /s | p50, p99 ms | processor µs | measure /s | p50, p99 ms | processor µs |\n\
             |---|---|---|---|---|---:|---:|---:|---:|---:|---:|"
        )?;
        for line in &self.lines {
            let found = &line.found;
            let (low, high) = found.spread();
            let (ours, ours_50, ours_99) = found.ours();
            let (measure, measure_50, measure_99) = found.measure();
            let ratio = found.ratio();
            let (ours_cost, measure_cost) = found.costs();
            let measure_cost = if line.beside {
                format!("{measure_cost:.0}")
            } else {
                "–".to_owned()
            };
            writeln!(
                out,
                "| {} | {} | **{:.0} %** ({:.0} – {:.0} %){} | {:.0} % | {} | {ours:.0} | {ours_50:.2}, {ours_99:.2} | {ours_cost:.0} | {measure:.0} | {measure_50:.2}, {measure_99:.2} | {measure_cost} |",
                line.what,
                line.database,
                ratio * 100.0,
                low * 100.0,
                high * 100.0,
                if found.disturbed { " †" } else { "" },
                line.target * 100.0,
                if found.disturbed {
                    "not settled"
                } else {
                    verdict(ratio >= line.target)
                },
            )?;
        }
        if self.lines.iter().any(|l| l.found.disturbed) {
            writeln!(
                out,
                "\n† The machine was never quiet long enough: windows count in which others took more \
                 than 15 % of the processors, and some of the disk's time. Such a ratio of rates settles nothing, least of all for \
                 writing; the processor time for each answer says more."
            )?;
        }
        Ok(())
    }

    fn memory(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\n| resident memory of the server | idle, MiB | under | | after the load, MiB |\n|---|---:|---:|---|---:|"
        )?;
        for m in &self.memory {
            writeln!(
                out,
                "| {} | {:.0} | {MEMORY_TARGET:.0} | {} | {:.0} |",
                m.database,
                m.idle,
                verdict(m.idle < MEMORY_TARGET),
                m.loaded,
            )?;
        }
        Ok(())
    }

    fn method(&self, out: &mut String) -> std::fmt::Result {
        let counted: usize = self.lines.iter().map(|l| l.found.counted()).sum();
        let dropped: usize = self.lines.iter().map(|l| l.found.dropped).sum();
        writeln!(
            out,
            "\n## How it is measured\n\n\
             - Both sides are built with the `serve` profile and talk to the same database, one after \
             the other: A B A B, {} pairs of windows of {} s. A ratio is the median over the pairs.\n\
             - A pair is thrown away when, in one of its windows, the machine underneath (steal) and \
             processes that are not part of the measurement took more than 15 % of the processors: {counted} pairs \
             counted, {dropped} were thrown away.\n\
             - The client (raw HTTP/1.1) shares the processors with the server and is the same for \
             both, which draws ratios of reads a little towards 100 %. For intakes only our side pays for HTTP \
             and a client.\n\
             - Processor µs: what the server and the database's processes used for each answer, without the client; \
             steadier than a rate where others are at work.\n\
             - Reading one dossier: uniformly among all of them; four fifths are completed and returned, as in a \
             centre that keeps up. Work list: the newest {} of one state in the centre, by its index.\n\
             - Intake: accepted at once, two papers, one fee line, slip, timeline, audit and outbox in one \
             transaction, without `Idempotency-Key`. Its measure writes the same rows in the same order and \
             asks nothing: on SQLite on the one writing connection, on PostgreSQL on as many connections as \
             the server's pool has.\n\
             - Durability is the server's: SQLite WAL with `synchronous=FULL`, PostgreSQL's defaults. The \
             disk of a test machine forgives more than one in an office: rates of writing do not carry over.\n\
             - The server runs in demo mode with rate limits off, metrics off, logging at `warn`.",
            self.plan.pairs, self.plan.seconds, 20,
        )
    }
}
