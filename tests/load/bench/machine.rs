//! What else the processors did in a window: a measurement is only as good as the quiet around it.

use std::collections::HashSet;
use std::fs;

/// A reading of the machine's clocks, in ticks.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    total: u64,
    steal: u64,
    /// What processes used, ours and others'.
    used: u64,
    ours: u64,
    /// What the measured programs used of that: ours without the client.
    served: u64,
}

/// How much of the processors was not ours between two readings, as shares of 1.
#[derive(Debug, Clone, Copy)]
pub struct Disturbance {
    /// Taken by the machine underneath.
    pub steal: f64,
    /// Taken by processes that have nothing to do with the measurement.
    pub others: f64,
}

impl Disturbance {
    /// More than 15 % is too much to compare anything by.
    pub fn spoils(self) -> bool {
        self.steal + self.others > 0.15
    }
}

/// The processes that belong to a measurement.
#[derive(Debug, Clone, Default)]
pub struct Ours {
    processes: HashSet<u32>,
    /// Their children count too: PostgreSQL has one for each connection.
    parents: HashSet<u32>,
}

impl Ours {
    /// This process alone.
    pub fn new() -> Self {
        let mut ours = Self::default();
        ours.processes.insert(std::process::id());
        ours
    }

    /// Counts a process in.
    pub fn process(&mut self, pid: u32) {
        self.processes.insert(pid);
    }

    /// Counts the parent of this process and all its children in.
    pub fn family_of(&mut self, pid: u32) {
        if let Some(stat) = Stat::of(pid) {
            self.parents.insert(stat.parent);
            self.processes.insert(stat.parent);
        }
    }

    /// Reads the clocks.
    pub fn read(&self) -> Reading {
        let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
        let fields: Vec<u64> = stat
            .lines()
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .skip(1)
            .filter_map(|f| f.parse().ok())
            .collect();
        let at = |i: usize| fields.get(i).copied().unwrap_or(0);
        let (mut ours, mut client) = (0, 0);
        for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Some(pid) = entry.file_name().to_str().and_then(|n| n.parse().ok()) else {
                continue;
            };
            if let Some(stat) = Stat::of(pid)
                && (self.processes.contains(&pid) || self.parents.contains(&stat.parent))
            {
                ours += stat.ticks;
                if pid == std::process::id() {
                    client = stat.ticks;
                }
            }
        }
        Reading {
            total: fields.iter().take(8).sum(),
            steal: at(7),
            used: at(0) + at(1) + at(2),
            ours,
            served: ours - client,
        }
    }
}

/// Ticks in a second, as Linux counts for `/proc` on every machine we know.
const TICKS: f64 = 100.0;

impl Reading {
    /// Seconds of processor the measured programs used since an earlier reading.
    pub fn served_since(self, earlier: Self) -> f64 {
        self.served.saturating_sub(earlier.served) as f64 / TICKS
    }

    /// What happened since an earlier reading.
    pub fn since(self, earlier: Self) -> Disturbance {
        let total = self.total.saturating_sub(earlier.total).max(1) as f64;
        let used = self.used.saturating_sub(earlier.used);
        let ours = self.ours.saturating_sub(earlier.ours);
        Disturbance {
            steal: self.steal.saturating_sub(earlier.steal) as f64 / total,
            others: used.saturating_sub(ours) as f64 / total,
        }
    }
}

struct Stat {
    parent: u32,
    ticks: u64,
}

impl Stat {
    fn of(pid: u32) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name stands in parentheses and may hold anything, spaces too.
        let (_, rest) = text.rsplit_once(')')?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let number = |i: usize| fields.get(i).and_then(|f| f.parse::<u64>().ok());
        Some(Self {
            parent: u32::try_from(number(1)?).ok()?,
            ticks: number(11)? + number(12)?,
        })
    }
}

/// Memory a process holds now, in MiB.
pub fn resident_mib(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    status
        .lines()
        .find_map(|l| l.strip_prefix("VmRSS:"))
        .and_then(|l| l.split_whitespace().next())
        .and_then(|kb| kb.parse::<f64>().ok())
        .map_or(0.0, |kb| kb / 1024.0)
}

/// The processor's name and how many there are.
pub fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info
        .lines()
        .find_map(|l| l.strip_prefix("model name"))
        .map_or("unknown processor", |l| {
            l.trim_start_matches([' ', '\t', ':'])
        });
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{cores} × {name}")
}
