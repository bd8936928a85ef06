//! The catalogue files that unsnarl ships: which libraries there are and which roots belong to each.

use super::Language;
use super::signature_list::SIGNATURES;
use std::sync::Arc;

/// One library: its roots, its effects files and its signature files.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub language: Language,
    /// First segments of paths; empty for the file of macros, whose paths have many roots.
    pub roots: Vec<String>,
    /// Name and text.
    pub effects: Vec<(&'static str, &'static str)>,
    /// Root and text.
    pub signatures: Vec<(&'static str, &'static str)>,
    /// Root and text of signatures that are read behind the others and say only what those leave out.
    pub installed: Vec<(String, Arc<str>)>,
}

impl Source {
    /// A library of which unsnarl ships nothing.
    pub fn unshipped(language: Language, root: &str) -> Source {
        Source {
            language,
            roots: vec![root.to_string()],
            effects: Vec::new(),
            signatures: Vec::new(),
            installed: Vec::new(),
        }
    }

    pub fn has_root(&self, root: &str) -> bool {
        self.roots.iter().any(|known| known == root)
    }
}

/// Libraries with written effects: `"roots": "file", …;`.
macro_rules! libraries {
    ($language:ident, $folder:literal: $($roots:literal => $($file:literal)+;)*) => {
        vec![$(Source {
            language: Language::$language,
            roots: $roots.split_whitespace().map(str::to_string).collect(),
            effects: vec![$((
                concat!($folder, "/", $file, ".toml"),
                include_str!(concat!("data/", $folder, "/", $file, ".toml")),
            )),+],
            signatures: Vec::new(),
            installed: Vec::new(),
        }),*]
    };
}

/// All libraries: those with written effects first, then those of which only the signatures are known.
pub(super) fn sources() -> Vec<Source> {
    let mut sources = libraries! { Python, "python":
        "PIL" => "PIL";
        "abc" => "abc";
        "aiofiles" => "aiofiles";
        "aiohttp" => "aiohttp";
        "aiokafka" => "aiokafka";
        "aiomysql" => "aiomysql";
        "aiosqlite" => "aiosqlite";
        "anyio" => "anyio";
        "argon2" => "argon2";
        "asgiref" => "asgiref";
        "asyncio _asyncio uvloop" => "asyncio";
        "asyncpg" => "asyncpg";
        "atexit" => "atexit";
        "bcrypt" => "bcrypt";
        "boto3" => "boto3";
        "botocore" => "botocore";
        "builtins io _io" => "builtins";
        "bz2" => "bz2";
        "celery" => "celery";
        "click" => "click";
        "collections" => "collections";
        "concurrent" => "concurrent";
        "confluent_kafka" => "confluent_kafka";
        "contextlib" => "contextlib";
        "contextvars _contextvars" => "contextvars";
        "cyclopts" => "cyclopts";
        "dask" => "dask";
        "dataclasses" => "dataclasses";
        "dbm" => "dbm";
        "discord" => "discord";
        "distributed" => "distributed";
        "django" => "django";
        "elasticsearch" => "elasticsearch";
        "fastapi starlette" => "fastapi" "starlette";
        "fcntl" => "fcntl";
        "flask" => "flask";
        "ftplib" => "ftplib";
        "functools" => "functools";
        "getpass" => "getpass";
        "gevent" => "gevent";
        "glob" => "glob";
        "google" => "google";
        "grpc" => "grpc";
        "gzip" => "gzip";
        "hashlib _hashlib" => "hashlib";
        "http" => "http";
        "httpx" => "httpx";
        "imaplib" => "imaplib";
        "importlib" => "importlib";
        "inspect" => "inspect";
        "joblib" => "joblib";
        "json" => "json";
        "kafka" => "kafka";
        "logging" => "logging";
        "lzma" => "lzma";
        "motor" => "motor";
        "multiprocessing" => "multiprocessing";
        "nest_asyncio" => "nest_asyncio";
        "os posix posixpath ntpath genericpath" => "os";
        "paramiko" => "paramiko";
        "passlib" => "passlib";
        "pathlib" => "pathlib";
        "pickle _pickle" => "pickle";
        "pika" => "pika";
        "playwright" => "playwright";
        "poplib" => "poplib";
        "psycopg" => "psycopg";
        "psycopg2" => "psycopg2";
        "pymongo" => "pymongo";
        "pymysql" => "pymysql";
        "pytest _pytest" => "pytest";
        "pytest_asyncio" => "pytest_asyncio";
        "queue _queue" => "queue";
        "redis" => "redis";
        "requests" => "requests";
        "sched" => "sched";
        "select" => "select";
        "selectors" => "selectors";
        "selenium" => "selenium";
        "shelve" => "shelve";
        "shutil" => "shutil";
        "signal" => "signal";
        "smtplib" => "smtplib";
        "socket _socket" => "socket";
        "socketserver" => "socketserver";
        "sqlalchemy" => "sqlalchemy";
        "sqlite3 _sqlite3" => "sqlite3";
        "ssl" => "ssl";
        "subprocess" => "subprocess";
        "sys" => "sys";
        "tarfile" => "tarfile";
        "telegram" => "telegram";
        "tempfile" => "tempfile";
        "threading _thread" => "threading";
        "time" => "time";
        "tomllib" => "tomllib";
        "toolz tlz cytoolz" => "toolz";
        "tqdm" => "tqdm";
        "trio" => "trio";
        "typer" => "typer";
        "typing typing_extensions" => "typing";
        "unittest" => "unittest";
        "urllib" => "urllib";
        "urllib3" => "urllib3";
        "uvicorn" => "uvicorn";
        "weakref" => "weakref";
        "webbrowser" => "webbrowser";
        "websockets" => "websockets";
        "xmlrpc" => "xmlrpc";
        "yaml" => "yaml";
        "zipfile" => "zipfile";
        "zlib" => "zlib";
    };
    sources.extend(libraries! { Rust, "rust":
        "" => "macros";
        "actix_rt actix_server actix_web actix_web_codegen" => "actix";
        "anyhow" => "anyhow";
        "argon2" => "argon2";
        "async_channel" => "async_channel";
        "async_lock" => "async_lock";
        "async_std" => "async_std";
        "async_trait" => "async_trait";
        "attohttpc" => "attohttpc";
        "axum" => "axum";
        "bb8" => "bb8";
        "bcrypt" => "bcrypt";
        "bzip2" => "bzip2";
        "crossbeam crossbeam_channel crossbeam_utils" => "crossbeam";
        "curl" => "curl";
        "dashmap" => "dashmap";
        "deadpool" => "deadpool";
        "diesel" => "diesel";
        "eyre color_eyre" => "eyre";
        "flate2" => "flate2";
        "flume" => "flume";
        "fs_err" => "fs_err";
        "futures futures_util futures_core futures_channel futures_executor futures_io futures_sink futures_task" => "futures";
        "git2" => "git2";
        "heed" => "heed";
        "hyper hyper_util" => "hyper";
        "image" => "image";
        "isahc" => "isahc";
        "jni" => "jni";
        "kanal" => "kanal";
        "lettre" => "lettre";
        "lmdb" => "lmdb";
        "minreq" => "minreq";
        "mongodb" => "mongodb";
        "mysql" => "mysql";
        "num_cpus" => "num_cpus";
        "once_cell" => "once_cell";
        "parking_lot lock_api" => "parking_lot";
        "pbkdf2" => "pbkdf2";
        "poem poem_derive" => "poem";
        "pollster" => "pollster";
        "postgres" => "postgres";
        "r2d2" => "r2d2";
        "rayon rayon_core" => "rayon";
        "rdkafka" => "rdkafka";
        "redb" => "redb";
        "redis" => "redis";
        "reqwest" => "reqwest";
        "rocket rocket_codegen" => "rocket";
        "rocksdb" => "rocksdb";
        "rusqlite" => "rusqlite";
        "scrypt" => "scrypt";
        "sled" => "sled";
        "smol async_executor async_global_executor async_io async_task blocking futures_lite" => "smol";
        "spin" => "spin";
        "sqlx sqlx_core" => "sqlx";
        "ssh2" => "ssh2";
        "std slice array bool str usize" => "std" "std_fs" "std_io" "std_num" "std_sync" "std_text" "std_values";
        "tar" => "tar";
        "tempfile" => "tempfile";
        "threadpool" => "threadpool";
        "tokio" => "tokio" "tokio_io" "tokio_sync";
        "tokio_util" => "tokio_util";
        "tonic" => "tonic";
        "tower tower_service" => "tower";
        "tracing tracing_attributes" => "tracing";
        "ureq" => "ureq";
        "walkdir" => "walkdir";
        "which" => "which";
        "xz2" => "xz2";
        "zip" => "zip";
        "zstd" => "zstd";
    });
    for (language, root, text) in SIGNATURES {
        let with_effects = sources.iter_mut().find(|source| source.language == *language && source.has_root(root));
        match with_effects {
            Some(source) => source.signatures.push((root, text)),
            None => sources.push(Source {
                language: *language,
                roots: vec![root.to_string()],
                effects: Vec::new(),
                signatures: vec![(root, text)],
                installed: Vec::new(),
            }),
        }
    }
    sources
}
