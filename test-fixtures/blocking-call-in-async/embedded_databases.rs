//! Databases that live in the process.

async fn heed_bad(database: heed::Database<heed::types::Str, heed::types::Str>) -> heed::Result<()> {
    let env = unsafe { heed::EnvOpenOptions::new().max_dbs(2).open("a")? }; //~ blocking-call-in-async: heed::EnvOpenOptions::open
    let mut transaction = env.write_txn()?; //~ blocking-call-in-async: heed::Env::write_txn
    database.put(&mut transaction, "a", "b")?; //~ blocking-call-in-async: heed::Database::put
    transaction.commit() //~ blocking-call-in-async: heed::RwTxn::commit
}

async fn heed_on_a_worker_ok(env: heed::Env) {
    tokio::task::spawn_blocking(move || env.write_txn().and_then(|transaction| transaction.commit())).await.unwrap().unwrap();
}

async fn lmdb_bad(env: lmdb::Environment) -> lmdb::Result<()> {
    use lmdb::Transaction;
    let transaction = env.begin_rw_txn()?; //~ blocking-call-in-async: lmdb::Environment::begin_rw_txn
    transaction.commit() //~ blocking-call-in-async: lmdb::Transaction::commit
}

async fn redb_bad(table: redb::TableDefinition<'_, u64, u64>) -> Result<(), redb::Error> {
    let database = redb::Database::create("a.redb")?; //~ blocking-call-in-async: redb::Database::create
    let transaction = database.begin_write()?; //~ blocking-call-in-async: redb::Database::begin_write
    transaction.open_table(table)?.insert(1, 2)?; //~ blocking-call-in-async: redb::WriteTransaction::open_table
    //~^ blocking-call-in-async: redb::Table::insert
    transaction.commit()?; //~ blocking-call-in-async: redb::WriteTransaction::commit
    Ok(())
}

async fn sled_bad() -> sled::Result<()> {
    let database = sled::open("a.sled")?; //~ blocking-call-in-async: sled::open
    database.insert("a", "b")?; //~ blocking-call-in-async: sled::Tree::insert
    for entry in database.scan_prefix("a") { //~ blocking-call-in-async: sled::Tree::scan_prefix
        drop(entry?);
    }
    database.flush()?; //~ blocking-call-in-async: sled::Tree::flush
    Ok(())
}

async fn sled_async_ok(tree: sled::Tree) -> sled::Result<usize> {
    tree.flush_async().await
}

async fn rocksdb_bad() -> Result<(), rocksdb::Error> {
    let database = rocksdb::DB::open_default("a.rocks")?; //~ blocking-call-in-async: rocksdb::DB::open_default
    database.put("a", "b")?; //~ blocking-call-in-async: rocksdb::DB::put
    for entry in database.iterator(rocksdb::IteratorMode::Start) { //~ blocking-call-in-async: rocksdb::DB::iterator
        drop(entry?);
    }
    database.flush() //~ blocking-call-in-async: rocksdb::DB::flush
}

async fn mongodb_bad() -> mongodb::error::Result<()> {
    let client = mongodb::sync::Client::with_uri_str("mongodb://localhost")?; //~ blocking-call-in-async: mongodb::sync::Client::with_uri_str
    let names = client.list_database_names().run()?; //~ blocking-call-in-async: mongodb::action::ListDatabases::run
    drop(names);
    Ok(())
}

async fn mongodb_ok() -> mongodb::error::Result<()> {
    let client = mongodb::Client::with_uri_str("mongodb://localhost").await?;
    client.list_database_names().await?;
    Ok(())
}
