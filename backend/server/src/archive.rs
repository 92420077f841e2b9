//! One file with everything an installation is made of: what the database holds, the keys that sign,
//! the files. Written while all of it is in use, and put back into an empty place.
//!
//! It is a gzipped tar: `manifest.json`, then `tables/<name>.jsonl` (one row a line), then what lies
//! in the data folder under `keys/` and `files/`. It holds personal data and keys: it is made readable
//! by its owner only, and belongs on an encrypted disk.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read as _, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use motcua_gateway::files::INCOMING;
use motcua_store::Db;
use motcua_store::backup::{self, Sink, Source};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What this program writes and reads.
const FORMAT: u32 = 1;
/// How long the manifest may be: a line of some 120 bytes for each file.
const MANIFEST_LIMIT: u64 = 256 << 20;
/// Folders of the data folder that belong to an installation.
const FOLDERS: [&str; 2] = ["keys", "files"];

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: u32,
    program: String,
    taken_at: DateTime<Utc>,
    migrations: Vec<String>,
    /// Rows of each table.
    tables: BTreeMap<String, u64>,
    /// SHA-256 of every other member of the archive.
    sha256: BTreeMap<String, String>,
}

/// A folder that is removed when it is no longer needed, whatever happens.
struct Scratch(PathBuf);

impl Scratch {
    fn beside(file: &Path, ending: &str) -> anyhow::Result<Self> {
        let mut name = file
            .file_name()
            .context("the archive needs a file's name")?
            .to_owned();
        name.push(ending);
        let path = file.with_file_name(name);
        fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        restrict(&path, 0o700)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn restrict(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

fn digest_of(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(hex::encode(hash.finalize()))
}

/// Writes each table into a file of its own.
struct Tables<'a> {
    folder: &'a Path,
    open: Option<BufWriter<File>>,
}

impl Sink for Tables<'_> {
    fn table(&mut self, name: &str) -> io::Result<()> {
        self.end()?;
        let file = File::create_new(self.folder.join(format!("{name}.jsonl")))?;
        self.open = Some(BufWriter::new(file));
        Ok(())
    }

    fn row(&mut self, json: &str) -> io::Result<()> {
        let Some(out) = &mut self.open else {
            return Err(io::Error::other("a row before its table"));
        };
        out.write_all(json.as_bytes())?;
        out.write_all(b"\n")
    }
}

impl Tables<'_> {
    fn end(&mut self) -> io::Result<()> {
        match self.open.take() {
            Some(mut out) => out.flush(),
            None => Ok(()),
        }
    }
}

/// Every file below a folder, as paths from `root`, in order.
fn files_below(root: &Path, folder: &str, found: &mut Vec<String>) -> anyhow::Result<()> {
    let path = root.join(folder);
    if !path.is_dir() {
        return Ok(());
    }
    let mut entries: Vec<_> = fs::read_dir(&path)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_str().context("a file's name is not text")?;
        let inner = format!("{folder}/{name}");
        // What is coming in is nobody's yet.
        if inner == format!("files/{INCOMING}") {
            continue;
        }
        if entry.file_type()?.is_dir() {
            files_below(root, &inner, found)?;
        } else {
            found.push(inner);
        }
    }
    Ok(())
}

/// Writes the archive and returns how many rows are in it. What was committed before the call is in
/// it, whole; what is being written meanwhile is not. A file that exists is never overwritten, and
/// one that could not be finished is not left behind.
///
/// # Errors
/// Storage failures, and what the file system reports.
pub fn write(
    db: &mut Db,
    data_dir: &Path,
    file: &Path,
    taken_at: DateTime<Utc>,
) -> anyhow::Result<u64> {
    ensure!(
        !file.exists(),
        "{} exists already; a backup never overwrites",
        file.display()
    );
    let scratch = Scratch::beside(file, ".partial")?;
    let tables = scratch.0.join("tables");
    fs::create_dir(&tables)?;
    let mut sink = Tables {
        folder: &tables,
        open: None,
    };
    let dumped = backup::dump(db, &mut sink)?;
    sink.end()?;
    ensure!(
        !dumped.migrations.is_empty() && !dumped.tables.is_empty(),
        "the database has no tables yet"
    );

    let mut members: Vec<(String, PathBuf)> = dumped
        .tables
        .iter()
        .map(|(name, _)| {
            (
                format!("tables/{name}.jsonl"),
                tables.join(format!("{name}.jsonl")),
            )
        })
        .collect();
    let mut others = Vec::new();
    for folder in FOLDERS {
        files_below(data_dir, folder, &mut others)?;
    }
    // Keys and files are written once and never changed, so they may be read after the database.
    members.extend(others.into_iter().map(|name| {
        let path = data_dir.join(&name);
        (name, path)
    }));
    let mut manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at,
        migrations: dumped.migrations,
        tables: dumped.tables.into_iter().collect(),
        sha256: BTreeMap::new(),
    };
    let mut there = Vec::with_capacity(members.len());
    for (name, path) in members {
        match digest_of(&path) {
            Ok(digest) => {
                manifest.sha256.insert(name.clone(), digest);
                there.push((name, path));
            }
            // Swept since the folder was read: only what no row needs ever is.
            Err(e) if e.kind() == io::ErrorKind::NotFound && name.starts_with("files/") => {}
            Err(e) => return Err(e.into()),
        }
    }

    let part = scratch.0.join("archive");
    let out = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&part)?;
    restrict(&part, 0o600)?;
    let mut tar = tar::Builder::new(GzEncoder::new(BufWriter::new(out), Compression::default()));
    let json = serde_json::to_vec_pretty(&manifest)?;
    ensure!(
        json.len() as u64 <= MANIFEST_LIMIT,
        "there are more files than an archive can name"
    );
    append(&mut tar, "manifest.json", json.len() as u64, &json[..])?;
    for (name, path) in &there {
        let from = File::open(path)?;
        append(&mut tar, name, from.metadata()?.len(), from)?;
    }
    let out = tar
        .into_inner()?
        .finish()?
        .into_inner()
        .map_err(|e| e.into_error())?;
    out.sync_all()?;
    drop(out);
    // A hard link fails where the name is taken, which a rename would overwrite; some file systems
    // have no links.
    match fs::hard_link(&part, file) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => fs::rename(&part, file),
        other => other,
    }
    .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(manifest.tables.values().sum())
}

fn append(
    tar: &mut tar::Builder<impl Write>,
    name: &str,
    size: u64,
    from: impl io::Read,
) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    tar.append_data(&mut header, name, from)
}

/// Reads the tables from the unpacked archive.
struct Unpacked<'a>(&'a Path);

impl Source for Unpacked<'_> {
    fn table(&mut self, name: &str) -> io::Result<Option<Box<dyn BufRead>>> {
        match File::open(self.0.join("tables").join(format!("{name}.jsonl"))) {
            Ok(file) => Ok(Some(Box::new(BufReader::new(file)))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }
}

/// Unpacks the archive and checks that it is whole. Nothing is believed of it that its manifest does
/// not name.
fn unpack(file: &Path, to: &Path) -> anyhow::Result<Manifest> {
    let from = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut tar = tar::Archive::new(GzDecoder::new(BufReader::new(from)));
    let mut manifest: Option<Manifest> = None;
    let mut seen = BTreeMap::new();
    for entry in tar.entries().context("this is no archive of motcua")? {
        let mut entry = entry.context("the archive is damaged")?;
        let name = entry
            .path()?
            .to_str()
            .context("a name is not text")?
            .to_owned();
        let Some(manifest) = &manifest else {
            ensure!(name == "manifest.json", "this is no archive of motcua");
            let mut json = String::new();
            entry
                .by_ref()
                .take(MANIFEST_LIMIT)
                .read_to_string(&mut json)?;
            let read: Manifest =
                serde_json::from_str(&json).context("the archive's manifest cannot be read")?;
            ensure!(
                read.format == FORMAT,
                "the archive has format {}; this program reads {FORMAT}",
                read.format
            );
            manifest = Some(read);
            continue;
        };
        let plain = Path::new(&name)
            .components()
            .all(|c| matches!(c, Component::Normal(_)));
        let ours = name.starts_with("tables/")
            || FOLDERS.iter().any(|f| name.starts_with(&format!("{f}/")));
        ensure!(
            plain && ours && entry.header().entry_type().is_file(),
            "the archive holds something strange: {name}"
        );
        let path = to.join(&name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        io::copy(&mut entry, &mut File::create_new(&path)?).context("the archive is damaged")?;
        let digest = digest_of(&path)?;
        ensure!(
            manifest.sha256.get(&name) == Some(&digest),
            "{name} in the archive is not what was written"
        );
        seen.insert(name, ());
    }
    let manifest = manifest.context("this is no archive of motcua")?;
    if let Some(name) = manifest.sha256.keys().find(|n| !seen.contains_key(*n)) {
        bail!("the archive is cut off: {name} is missing");
    }
    Ok(manifest)
}

/// What was put back.
#[derive(Debug, Clone, Copy)]
pub struct Restored {
    /// Rows.
    pub rows: u64,
    /// When the archive was made.
    pub taken_at: DateTime<Utc>,
}

/// Puts an archive back: the database must be empty, and no key or file in the data folder may be
/// another than the archive's of the same name.
///
/// # Errors
/// When the archive is damaged or was made by a newer program, when the place is not empty, and
/// storage failures. The database is as empty as before then, and trying again is safe.
pub fn restore(db: &mut Db, data_dir: &Path, file: &Path) -> anyhow::Result<Restored> {
    fs::create_dir_all(data_dir)?;
    let scratch = Scratch::beside(
        &data_dir.join("restore"),
        &format!(".{}", std::process::id()),
    )?;
    let manifest = unpack(file, &scratch.0)?;
    let others: Vec<&String> = manifest
        .sha256
        .keys()
        .filter(|n| !n.starts_with("tables/"))
        .collect();
    for name in &others {
        let there = data_dir.join(name);
        ensure!(
            !there.exists() || digest_of(&there)? == manifest.sha256[*name],
            "{} is there already and is another; restore into an empty data folder",
            there.display()
        );
    }
    // First what can be put there again: should the database then fail, the next try finds these equal.
    for name in others {
        let there = data_dir.join(name);
        if there.exists() {
            continue;
        }
        if let Some(folder) = there.parent() {
            fs::create_dir_all(folder)?;
            restrict(folder, 0o700)?;
        }
        let part = there.with_extension("partial");
        fs::copy(scratch.0.join(name), &part)?;
        restrict(&part, 0o600)?;
        fs::rename(&part, &there)?;
    }
    let names: Vec<String> = manifest.tables.keys().cloned().collect();
    let rows = backup::restore(db, &manifest.migrations, &names, &mut Unpacked(&scratch.0))?
        .iter()
        .map(|(_, rows)| rows)
        .sum();
    Ok(Restored {
        rows,
        taken_at: manifest.taken_at,
    })
}
