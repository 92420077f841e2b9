//! The store of files: each under its SHA-256, in a folder of the data folder or in a bucket. What is coming in lies
//! beside, in the data folder, until it is whole; then it is moved onto its name in one step, synced before and
//! after, or put into the bucket, where nothing is under a name before all of it has come. So a file by its name is
//! always the whole file.

mod bucket;

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::{Bytes, BytesMut};
use futures_util::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{MultipartUpload, ObjectStoreExt as _};
use sha2::{Digest, Sha256};
use thiserror::Error;

use bucket::Bucket;
pub use bucket::BucketSettings;

/// How much of an upload is held in memory before it is written.
const PIECE: usize = 1 << 20;
/// How many of its first bytes are kept to tell what it is.
const FIRST: usize = 32;
/// Below the store's root: what is coming in. Not part of a backup.
pub const INCOMING: &str = "incoming";
const KEPT: &str = "sha256";

/// The store of files failed.
#[derive(Debug, Error)]
#[error("the store of files: {0}")]
pub struct FileStoreError(String);

impl From<object_store::Error> for FileStoreError {
    fn from(e: object_store::Error) -> Self {
        Self(e.to_string())
    }
}

impl From<io::Error> for FileStoreError {
    fn from(e: io::Error) -> Self {
        Self(e.to_string())
    }
}

/// Files by their content.
#[derive(Debug)]
pub struct FileStore {
    /// Where they come in, and where they are kept unless a bucket keeps them.
    folder: LocalFileSystem,
    root: PathBuf,
    bucket: Option<Bucket>,
}

/// Whether a text is a SHA-256 as this store writes it.
#[must_use]
pub fn is_digest(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn place(sha256: &str) -> Option<String> {
    let two = sha256.get(..2)?;
    is_digest(sha256).then(|| format!("{KEPT}/{two}/{sha256}"))
}

/// What is in a file: its size and digest; `None`: there is no file.
fn measured(path: &Path) -> io::Result<Option<(u64, String)>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    };
    let (mut hash, mut size) = (Sha256::new(), 0);
    let mut piece = vec![0; 256 << 10];
    loop {
        let n = file.read(&mut piece)?;
        let Some(read) = piece.get(..n).filter(|read| !read.is_empty()) else {
            break;
        };
        hash.update(read);
        size += read.len() as u64;
    }
    Ok(Some((size, hex::encode(hash.finalize()))))
}

#[cfg(unix)]
fn restrict(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn restrict(_: &Path) -> io::Result<()> {
    Ok(())
}

impl FileStore {
    /// Opens the store in this folder, which is made if it is not there and is its owner's only.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn open(root: &Path) -> Result<Self, FileStoreError> {
        fs::create_dir_all(root.join(INCOMING))?;
        restrict(root)?;
        Ok(Self {
            folder: LocalFileSystem::new_with_prefix(root)?.with_fsync(true),
            root: root.to_owned(),
            bucket: None,
        })
    }

    /// Keeps them in this bucket; this folder holds what is coming in.
    ///
    /// # Errors
    /// What the file system reports, and settings that cannot be used. Whether the bucket answers is seen when
    /// it is asked.
    pub fn in_bucket(root: &Path, bucket: &BucketSettings) -> Result<Self, FileStoreError> {
        let mut store = Self::open(root)?;
        store.bucket = Some(Bucket::open(bucket)?);
        Ok(store)
    }

    /// What is under a digest: whether it has so many bytes of this digest; `None`: nothing. Blocking.
    ///
    /// # Errors
    /// What the store reports.
    pub fn is_whole(&self, sha256: &str, size: i64) -> Result<Option<bool>, FileStoreError> {
        let Some(place) = place(sha256) else {
            return Ok(Some(false));
        };
        let found = match &self.bucket {
            None => measured(&self.root.join(place))?,
            Some(bucket) => {
                let (mut hash, mut n) = (Sha256::new(), 0);
                let there = bucket.read(&Key::from(place), |bytes| {
                    hash.update(bytes);
                    n += bytes.len() as u64;
                })?;
                there.then(|| (n, hex::encode(hash.finalize())))
            }
        };
        Ok(found.map(|(n, digest)| i64::try_from(n).ok() == Some(size) && digest == sha256))
    }

    /// Begins to take a file in, under a name that nobody else uses.
    ///
    /// # Errors
    /// What the store reports.
    pub async fn begin(&self, name: &str) -> Result<Incoming, FileStoreError> {
        let key = Key::from(format!("{INCOMING}/{name}"));
        let upload = self.folder.put_multipart(&key).await?;
        Ok(Incoming {
            path: self.folder.path_to_filesystem(&key)?,
            key,
            upload,
            hash: Sha256::new(),
            size: 0,
            first: Vec::with_capacity(FIRST),
            piece: BytesMut::with_capacity(PIECE),
        })
    }

    /// Moves a whole file onto its name, or into the bucket. Where the same bytes lie already they are put in
    /// their place again.
    ///
    /// # Errors
    /// What the store reports.
    pub async fn settle(&self, mut received: Received) -> Result<(), FileStoreError> {
        let place = place(&received.sha256).ok_or_else(|| FileStoreError("no digest".into()))?;
        let place = Key::from(place);
        match &self.bucket {
            Some(bucket) => bucket.put(&place, &received.path, received.size).await,
            None => {
                self.folder.rename(&received.key, &place).await?;
                received.settled = true;
                Ok(())
            }
        }
    }

    /// Whether there is a file by this digest. Blocking.
    ///
    /// # Errors
    /// What the store reports.
    pub fn has(&self, sha256: &str) -> Result<bool, FileStoreError> {
        let Some(place) = place(sha256) else {
            return Ok(false);
        };
        match &self.bucket {
            Some(bucket) => Ok(bucket.since(&Key::from(place))?.is_some()),
            None => Ok(self.root.join(place).is_file()),
        }
    }

    /// A file's size and bytes.
    ///
    /// # Errors
    /// What the store reports, that there is none among it.
    pub async fn read(
        &self,
        sha256: &str,
    ) -> Result<(u64, BoxStream<'static, Result<Bytes, object_store::Error>>), FileStoreError> {
        let place = place(sha256).ok_or_else(|| FileStoreError("no digest".into()))?;
        let place = Key::from(place);
        let found = match &self.bucket {
            Some(bucket) => bucket.get(&place).await?,
            None => self.folder.get(&place).await?,
        };
        Ok((found.meta.size, found.into_stream()))
    }

    /// What lies under its digest since before an instant. Blocking.
    ///
    /// # Errors
    /// What the store reports.
    pub fn kept_before(&self, instant: SystemTime) -> Result<Vec<String>, FileStoreError> {
        if let Some(bucket) = &self.bucket {
            let mut found = bucket.before(&Key::from(KEPT), instant)?;
            found.retain(|name| is_digest(name));
            return Ok(found);
        }
        let mut found = Vec::new();
        let folder = self.root.join(KEPT);
        if !folder.is_dir() {
            return Ok(found);
        }
        for two in fs::read_dir(folder)? {
            let two = two?;
            if !two.file_type()?.is_dir() {
                continue;
            }
            for entry in fs::read_dir(two.path())? {
                let entry = entry?;
                let Some(name) = entry.file_name().to_str().map(ToOwned::to_owned) else {
                    continue;
                };
                if is_digest(&name) && is_older(&entry.path(), instant)? {
                    found.push(name);
                }
            }
        }
        Ok(found)
    }

    /// Removes what began to come in before an instant and never was whole; how many.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn clear_incoming(&self, instant: SystemTime) -> Result<u64, FileStoreError> {
        let mut gone = 0;
        for entry in fs::read_dir(self.root.join(INCOMING))? {
            let path = entry?.path();
            if is_older(&path, instant)? {
                gone += u64::from(removed(&path)?);
            }
        }
        Ok(gone)
    }

    /// Removes a file unless it was put there since an instant; whether it was removed. Blocking.
    ///
    /// # Errors
    /// What the store reports.
    pub fn remove_older(&self, sha256: &str, instant: SystemTime) -> Result<bool, FileStoreError> {
        let Some(place) = place(sha256) else {
            return Ok(false);
        };
        if let Some(bucket) = &self.bucket {
            let key = Key::from(place);
            let old = bucket.since(&key)?.is_some_and(|since| since < instant);
            if old {
                bucket.remove(&key)?;
            }
            return Ok(old);
        }
        let path = self.root.join(place);
        Ok(is_older(&path, instant)? && removed(&path)?)
    }
}

/// Whether a file was last written before an instant; what is gone was not.
fn is_older(path: &Path, instant: SystemTime) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(about) => Ok(about.is_file() && about.modified()? < instant),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

fn removed(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

/// A file that is coming in. Dropped, it is gone.
#[derive(Debug)]
pub struct Incoming {
    path: PathBuf,
    key: Key,
    upload: Box<dyn MultipartUpload>,
    hash: Sha256,
    size: u64,
    first: Vec<u8>,
    piece: BytesMut,
}

impl Incoming {
    /// How many bytes came.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Its first bytes.
    #[must_use]
    pub fn first(&self) -> &[u8] {
        &self.first
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// What the store reports.
    pub async fn push(&mut self, bytes: &[u8]) -> Result<(), FileStoreError> {
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        let wanted = FIRST.saturating_sub(self.first.len());
        self.first.extend(bytes.iter().take(wanted));
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.write().await?;
        }
        Ok(())
    }

    async fn write(&mut self) -> Result<(), FileStoreError> {
        let piece = self.piece.split().freeze();
        Ok(self.upload.put_part(piece.into()).await?)
    }

    /// Ends it: whole, on the disk, and not yet under its name.
    ///
    /// # Errors
    /// What the store reports.
    pub async fn finish(mut self) -> Result<Received, FileStoreError> {
        if !self.piece.is_empty() {
            self.write().await?;
        }
        self.upload.complete().await?;
        Ok(Received {
            sha256: hex::encode(self.hash.finalize()),
            size: self.size,
            key: self.key,
            path: self.path,
            settled: false,
        })
    }
}

/// A whole file beside the store. Dropped, it is gone from there.
#[derive(Debug)]
pub struct Received {
    /// Its SHA-256.
    pub sha256: String,
    /// How many bytes.
    pub size: u64,
    key: Key,
    path: PathBuf,
    settled: bool,
}

impl Received {
    /// Opens it to be looked at.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn open(&self) -> io::Result<File> {
        File::open(&self.path)
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        if !self.settled {
            let _ = fs::remove_file(&self.path);
        }
    }
}
